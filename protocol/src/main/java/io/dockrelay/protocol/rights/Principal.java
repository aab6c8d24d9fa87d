package io.dockrelay.protocol.rights;

import java.util.Objects;
import java.util.Set;

/**
 * Who makes a request, as sign-in has found it. Holds no secret. Immutable.
 *
 * @param name of the user or token; the client's address where there is none
 * @param groups that an identity provider or a proxy names, compared exactly; of a token: its id
 * @param roles that sign-in itself gives, such as that of the users file or those mapped from a group; names of roles
 * @param address of the client
 */
public record Principal(String name, Kind kind, Set<String> groups, Set<String> roles, String address) {

    /** How the principal was identified. */
    public enum Kind {
        /** Without sign-in: any client that reaches the port. */
        ANYONE,
        /** A user of the users file or of an identity provider. */
        USER,
        /** An API token. */
        TOKEN,
        /** A relay at a controller. */
        CONTROLLER,
        /** A user that a trusted proxy names. */
        PROXY
    }

    public Principal {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
    }

    /** Any client, without sign-in. */
    public static Principal anyone(String address) {
        return new Principal(address, Kind.ANYONE, Set.of(), Set.of(), address);
    }

    /** A user with the one role of the users file. */
    public static Principal user(String name, String role, String address) {
        return new Principal(name, Kind.USER, Set.of(), Set.of(role), address);
    }

    /**
     * An API token.
     *
     * @param id of the token, which is its only group; grants for groups hold for users only
     */
    public static Principal token(String name, String id, String address) {
        return new Principal(name, Kind.TOKEN, Set.of(id), Set.of(), address);
    }

    /** Whether the principal has signed in. */
    public boolean isSignedIn() {
        return kind != Kind.ANYONE;
    }
}
