package io.dockrelay.relay.signin.oidc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.relay.signin.users.UserRules;

/**
 * What claims say of the user. Pure.
 *
 * @param name the claim with the name
 * @param groups the claim with the groups, or a path with dots to it
 */
record UserClaims(String name, String groups) {

    private static final int MOST_GROUPS = 500;
    private static final int LONGEST_GROUP = 256;

    /** Empty if there is none, or if it is none that this program uses. */
    Optional<String> nameIn(Map<String, Object> claims) {
        // An address that the provider has not verified may be another user's.
        boolean unverified = name.equals("email") && Boolean.FALSE.equals(claims.get("email_verified"));
        return find(claims, name)
                .filter(value -> !unverified)
                .map(Object::toString)
                .filter(UserRules::isName);
    }

    /** Empty if the claim is missing; texts that cannot be a group are left out. */
    Optional<Set<String>> groupsIn(Map<String, Object> claims) {
        return find(claims, groups).map(UserClaims::texts);
    }

    private static Set<String> texts(Object value) {
        Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
        Set<String> texts = new LinkedHashSet<>();
        for (Object each : values) {
            if (each instanceof String text && isGroup(text) && texts.size() < MOST_GROUPS) {
                boolean unused = texts.add(text);
            }
        }
        return texts;
    }

    static boolean isGroup(String text) {
        return !text.isBlank() && text.length() <= LONGEST_GROUP && text.chars().noneMatch(Character::isISOControl);
    }

    /** A claim may have dots in its own name, such as an address. */
    private static Optional<Object> find(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return Optional.ofNullable(whole);
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : Optional.empty();
    }
}
