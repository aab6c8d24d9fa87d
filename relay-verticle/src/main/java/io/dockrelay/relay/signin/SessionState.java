package io.dockrelay.relay.signin;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.dockrelay.relay.signin.users.User;

/**
 * What a page has to know of its session.
 *
 * @param mode how clients sign in: {@code none}, or the ways such as {@code users} with {@code +} between them
 * @param signedIn whether the client has signed in
 * @param name of the user; null if the client has not signed in
 * @param roles of the user; null if the client has not signed in
 * @param groups that a provider or a proxy names; null if there are none
 * @param setUp true while there is no user yet, otherwise null
 * @param provider the name of the identity provider at which clients can sign in; null without one
 * @param by the way by which the client has signed in; null if it has not, or if there is one way only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionState(
        String mode,
        boolean signedIn,
        String name,
        List<String> roles,
        List<String> groups,
        Boolean setUp,
        String provider,
        String by) {

    static final SessionState WITHOUT_SIGN_IN = new SessionState("none", false, null, null, null, null, null, null);

    static final String USERS = "users";
    static final String OIDC = "oidc";
    static final String PROXY = "proxy";

    static SessionState of(User user) {
        List<String> roles = List.copyOf(new TreeSet<>(user.roles()));
        return new SessionState(USERS, true, user.name(), roles, null, null, null, null);
    }

    /** @param by the way by which the user has signed in */
    static SessionState of(String by, String name, Collection<String> roles, Collection<String> groups) {
        List<String> listed = groups.isEmpty() ? null : List.copyOf(new TreeSet<>(groups));
        return new SessionState(by, true, name, List.copyOf(new TreeSet<>(roles)), listed, null, null, by);
    }

    /** @param noUsers whether there is no user yet */
    static SessionState signedOut(boolean noUsers) {
        return new SessionState(USERS, false, null, null, null, noUsers ? true : null, null, null);
    }

    /** Of a client that has not signed in. */
    static SessionState signedOut(String way) {
        return new SessionState(way, false, null, null, null, null, null, null);
    }

    /**
     * The same at a relay with ways besides that of users.
     *
     * @param named the provider; null without one
     */
    SessionState among(String ways, String named) {
        String way = signedIn && by == null ? USERS : by;
        return new SessionState(ways, signedIn, name, roles, groups, setUp, named, way);
    }

    /** Of a program at the same relay. */
    SessionState ofToken(String token) {
        return new SessionState(mode, true, token, List.of(), null, null, provider, null);
    }

    /** Whether the client has to sign in first. */
    public boolean mustSignIn() {
        return !mode.equals(WITHOUT_SIGN_IN.mode) && !signedIn;
    }
}
