package io.dockrelay.protocol.rights;

/** Who gets a grant. Names are compared exactly. */
public sealed interface Grantee {

    boolean includes(Principal principal);

    /** A user, however the user signed in. */
    record User(String name) implements Grantee {

        @Override
        public boolean includes(Principal principal) {
            return isUser(principal) && principal.name().equals(name);
        }
    }

    /** All users of a group. */
    record Group(String name) implements Grantee {

        @Override
        public boolean includes(Principal principal) {
            return isUser(principal) && principal.groups().contains(name);
        }
    }

    /** An API token, by its name. */
    record Token(String name) implements Grantee {

        @Override
        public boolean includes(Principal principal) {
            return principal.kind() == Principal.Kind.TOKEN && principal.name().equals(name);
        }
    }

    /** Every user, and every client while there is no sign-in. A token has only what its own grants allow. */
    record Everyone() implements Grantee {

        @Override
        public boolean includes(Principal principal) {
            return isUser(principal) || principal.kind() == Principal.Kind.ANYONE;
        }
    }

    private static boolean isUser(Principal principal) {
        return principal.kind() == Principal.Kind.USER || principal.kind() == Principal.Kind.PROXY;
    }
}
