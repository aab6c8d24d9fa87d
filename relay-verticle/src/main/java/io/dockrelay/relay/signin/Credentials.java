package io.dockrelay.relay.signin;

import java.io.UncheckedIOException;

import io.dockrelay.protocol.wire.WireJson;

/**
 * The body of a request to sign in, or to make the first user.
 *
 * @param token of the set-up link; empty in a request to sign in
 */
record Credentials(String name, String password, String token) {

    Credentials {
        name = name == null ? "" : name.strip();
        password = password == null ? "" : password;
        token = token == null ? "" : token;
    }

    /** Throws {@link IllegalArgumentException}, with a sentence, for a text that is no such JSON. */
    static Credentials read(byte[] json) {
        try {
            return WireJson.read(json, Credentials.class);
        } catch (UncheckedIOException other) {
            throw new IllegalArgumentException("The body must be JSON such as {\"name\":\"…\",\"password\":\"…\"}.");
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + name + "]";
    }
}
