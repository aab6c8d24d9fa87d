package io.dockrelay.relay.signin.tokens;

import io.dockrelay.protocol.rights.Principal;

/**
 * The user in whose name a token was made. Immutable.
 *
 * @param way how the user signs in, such as {@link #USERS}: users of two ways with one name are two users
 * @param user as it was when it was seen last, without an address
 */
public record TokenMaker(String way, Principal user) {

    /** By the users file. */
    public static final String USERS = "users";

    public TokenMaker {
        user = new Principal(user.name(), user.kind(), user.groups(), user.roles(), "");
    }

    /** Whether it is the same user, whichever groups and roles it has now. */
    boolean isSame(TokenMaker other) {
        return way.equals(other.way)
                && user.kind() == other.user.kind()
                && user.name().equals(other.user.name());
    }
}
