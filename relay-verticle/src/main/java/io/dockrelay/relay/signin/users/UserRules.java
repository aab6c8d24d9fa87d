package io.dockrelay.relay.signin.users;

import java.util.regex.Pattern;

/** What a name, a role and a password may be. Pure. */
public final class UserRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;

    private UserRules() {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** A name that a client sent, for a message: another text than a name may be a password in the wrong field. */
    public static String shown(String name) {
        return isName(name) ? name : "with such a name";
    }

    /** Throws {@link UsersException}. */
    public static void checkName(String name) {
        if (!isName(name)) {
            throw new UsersException(
                    "A name must have 1 to 64 letters, digits or . _ @ + - and begin with a letter or a" + " digit.");
        }
    }

    /** Throws {@link UsersException}. */
    public static void checkRole(String role) {
        if (!ROLE.matcher(role).matches()) {
            throw new UsersException("A role must have 1 to 32 lower-case letters, digits or hyphens and begin with a"
                    + " letter, such as viewer, reader, operator or admin.");
        }
    }

    /** Throws {@link UsersException}. Length is what counts: no kind of character is required. */
    public static void checkPassword(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            throw new UsersException(
                    "A password must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
        }
    }
}
