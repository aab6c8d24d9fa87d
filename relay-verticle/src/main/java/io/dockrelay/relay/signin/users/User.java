package io.dockrelay.relay.signin.users;

import java.util.Set;

/**
 * One user. Immutable.
 *
 * @param generation of the sessions: a session of another generation is over. Each change of the user draws another one
 */
public record User(String name, PasswordHash password, Set<String> roles, String generation) {

    public User {
        roles = Set.copyOf(roles);
    }
}
