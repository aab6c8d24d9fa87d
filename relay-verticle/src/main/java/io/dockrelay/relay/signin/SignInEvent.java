package io.dockrelay.relay.signin;

import io.dockrelay.relay.signin.users.UserRules;

/**
 * What happened at the sign-in, for the log and the record.
 *
 * @param name of the user, or the name that was given; a text that is no name is not kept
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
        SET_UP_REFUSED("was refused: the set-up link is not valid");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Completes "NAME …". */
        public String text() {
            return text;
        }
    }

    public SignInEvent {
        name = UserRules.isName(name) ? name : "(no valid name)";
    }
}
