package io.dockrelay.relay.signin.tokens;

import java.util.Set;

import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.users.User;

/**
 * The user in whose name a token was made. Immutable.
 *
 * @param way how the user signs in, such as {@link #USERS}: users of two ways with one name are two users
 * @param id that tells it from another user who gets its name later; empty where the way has none
 * @param user as it was when it was seen last, without an address
 */
public record TokenMaker(String way, String id, Principal user) {

    /** By the users file. */
    public static final String USERS = "users";

    public TokenMaker {
        user = new Principal(user.name(), user.kind(), user.groups(), user.roles(), "");
    }

    /** A user of a way without ids. */
    public TokenMaker(String way, Principal user) {
        this(way, "", user);
    }

    /** A user of the users file. */
    public static TokenMaker of(User user) {
        var principal = new Principal(user.name(), Principal.Kind.USER, Set.of(), user.roles(), "");
        return new TokenMaker(USERS, user.id(), principal);
    }

    /** Whether it is the same user, whichever groups and roles it has now. */
    boolean isSame(TokenMaker other) {
        return hasNameOf(other) && id.equals(other.id);
    }

    /** Whether it is the same user, or a former one of the same name. */
    boolean hasNameOf(TokenMaker other) {
        return way.equals(other.way)
                && user.kind() == other.user.kind()
                && user.name().equals(other.user.name());
    }
}
