package io.dockrelay.relay.signin;

import io.dockrelay.relay.signin.users.Users;

/**
 * What happened at the sign-in, for the log and the record.
 *
 * @param name of the user
 * @param address of the client
 */
public record SignInEvent(Kind kind, String name, String address) {

    /** What happened. */
    public enum Kind {
        SIGNED_IN("signed in"),
        REFUSED("was refused: the name or the password is wrong"),
        LIMITED("was refused: too many attempts"),
        SIGNED_OUT("signed out"),
        SIGNED_OUT_EVERYWHERE("signed out everywhere"),
        SET_UP("was set up as the first user"),
        SET_UP_REFUSED("was refused: the set-up link is not valid"),
        /** Another site may have caused the request. */
        NO_ORIGIN("was refused: the request has a session but no Origin");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Completes "NAME …". */
        public String text() {
            return text;
        }
    }

    /**
     * @param given the name that the client gave. What is no user's name is not kept: it may be a password in the wrong field
     */
    static SignInEvent of(Kind kind, String given, Users users, String address) {
        return new SignInEvent(kind, users.find(given).isPresent() ? given : "(unknown name)", address);
    }
}
