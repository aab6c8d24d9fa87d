package io.dockrelay.relay.signin.tokens;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;

/**
 * One token, without its secret. Immutable.
 *
 * @param id the public part of its text
 * @param name that its maker gave it
 * @param maker empty for a token of the machine's operator
 * @param permissions that it is for
 * @param where it is for
 * @param hash of its text, in hexadecimal digits
 */
public record ApiToken(
        String id,
        String name,
        Optional<TokenMaker> maker,
        Set<Permission> permissions,
        Place where,
        Instant made,
        Instant expires,
        String hash) {

    public ApiToken {
        permissions = Set.copyOf(permissions);
    }

    /** The name of the principal, which no other one has: {@code MAKER/NAME}, or {@code /NAME} without a maker. */
    public String fullName() {
        return makerName().orElse("") + "/" + name;
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** Whether this is the token's text. Takes the same time for every other one. */
    boolean is(TokenSecret secret) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hash), secret.hash());
    }

    /** Empty for a token of the machine's operator. */
    public Optional<String> makerName() {
        return maker.map(made -> made.user().name());
    }

    /** Whether this user has made it. */
    public boolean isOf(TokenMaker user) {
        return maker.filter(made -> made.isSame(user)).isPresent();
    }

    /** Whether a user of the users file has made it. */
    public boolean isOfUser(String name) {
        return maker.filter(made -> made.way().equals(TokenMaker.USERS))
                .filter(made -> made.user().name().equals(name))
                .isPresent();
    }

    ApiToken withMaker(TokenMaker seen) {
        return new ApiToken(id, name, Optional.of(seen), permissions, where, made, expires, hash);
    }

    @Override
    public String toString() {
        return "ApiToken[" + fullName() + "]";
    }
}
