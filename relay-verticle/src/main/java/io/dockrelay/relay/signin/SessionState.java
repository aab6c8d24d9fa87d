package io.dockrelay.relay.signin;

import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.dockrelay.relay.signin.users.User;

/**
 * What a page has to know of its session.
 *
 * @param mode how clients sign in: {@code none} or {@code users}
 * @param signedIn whether the client has signed in
 * @param name of the user; null if the client has not signed in
 * @param roles of the user; null if the client has not signed in
 * @param setUp true while there is no user yet, otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionState(String mode, boolean signedIn, String name, List<String> roles, Boolean setUp) {

    static final SessionState WITHOUT_SIGN_IN = new SessionState("none", false, null, null, null);

    private static final String USERS = "users";

    static SessionState of(User user) {
        return new SessionState(USERS, true, user.name(), List.copyOf(new TreeSet<>(user.roles())), null);
    }

    /** @param noUsers whether there is no user yet */
    static SessionState signedOut(boolean noUsers) {
        return new SessionState(USERS, false, null, null, noUsers ? true : null);
    }

    /** Whether the client has to sign in first. */
    public boolean mustSignIn() {
        return mode.equals(USERS) && !signedIn;
    }
}
