package io.dockrelay.relay.signin.users;

import java.util.Set;

/**
 * One user. Immutable.
 *
 * @param id drawn once, and never that of another user of the same name; empty for a user of a file without ids
 * @param generation of the sessions: a session of another generation is over. Each change of the user draws another one
 */
public record User(String id, String name, PasswordHash password, Set<String> roles, String generation) {

    public User {
        roles = Set.copyOf(roles);
    }
}
