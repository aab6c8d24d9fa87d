package io.dockrelay.relay.signin;

import java.util.Optional;

import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.tokens.TokenEvent;
import io.dockrelay.relay.signin.tokens.TokenText;
import io.dockrelay.relay.signin.users.Users;

/**
 * What happened at the sign-in, for the log and the record.
 *
 * @param name of the user or token that did it; null if a file was edited, as by a command
 * @param address of the client; null if a file was edited, or it is not known
 * @param token the token that was made, with what it is for, or revoked; null for none
 */
public record SignInEvent(Kind kind, String name, String address, String token) {

    /** Instead of a name that the client did not give, or that is no user's. */
    private static final String NO_NAME = "(unknown name)";

    /** Instead of the name of a token that is none, or that several could be. */
    private static final String NO_TOKEN = "(unknown token)";

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
        NO_ORIGIN("was refused: the request has no Origin"),
        SESSIONS_REFUSED("was refused: a token ends no sessions"),
        TOKEN_MADE("made a token"),
        TOKEN_REVOKED("revoked a token"),
        TOKEN_REFUSED("was refused: the token is not valid"),
        TICKET_REFUSED("was refused: the ticket is not valid"),
        TOKENS_LIMITED("was refused: too many wrong tokens"),
        PROVIDER_REFUSED("was refused by the identity provider"),
        PROVIDER_AWAY("could not sign in: the identity provider does not answer"),
        ANSWER_REFUSED("was refused: the answer of the identity provider is not valid"),
        LOGIN_REFUSED("was refused: the sign-in did not begin in this browser, is over or was finished already"),
        NAME_REFUSED("was refused: a user of the users file has this name"),
        PROVIDER_ENDED("was signed out: the identity provider has ended the session"),
        PROXY_HEADERS(
                "sent headers of a sign-in proxy from another address, or in another spelling; they were removed"),
        PROXY_REFUSED("was refused: the headers of the sign-in proxy name no user");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Completes "NAME …". */
        public String text() {
            return text;
        }
    }

    /** An event that is about no token. */
    public SignInEvent(Kind kind, String name, String address) {
        this(kind, name, address, null);
    }

    /**
     * @param given the name that the client gave. What is no user's name is not kept: it may be a password in the wrong field
     */
    static SignInEvent of(Kind kind, String given, Users users, String address) {
        return new SignInEvent(kind, users.find(given).isPresent() ? given : NO_NAME, address);
    }

    /** It happened to a client whose name is not known. */
    static SignInEvent ofUnknown(Kind kind, String address) {
        return new SignInEvent(kind, NO_NAME, address);
    }

    /** A token was made or revoked. */
    static SignInEvent of(TokenEvent event) {
        Kind kind = event.kind() == TokenEvent.Kind.MADE ? Kind.TOKEN_MADE : Kind.TOKEN_REVOKED;
        Principal by = event.by();
        String token = event.kind() == TokenEvent.Kind.MADE
                ? TokenText.of(event.token())
                : event.token().fullName();
        return by == null
                ? new SignInEvent(kind, null, null, token)
                : new SignInEvent(kind, by.name(), by.address(), token);
    }

    /**
     * A token or ticket was refused.
     *
     * @param ended the full name of the token, if it is one that has ended
     */
    static SignInEvent refused(Kind kind, Optional<String> ended, String address) {
        return new SignInEvent(kind, ended.orElse(NO_TOKEN), address);
    }

    /** Completes "NAME …", with the token. */
    public String text() {
        return token == null ? kind.text() : kind.text() + ": " + token;
    }
}
