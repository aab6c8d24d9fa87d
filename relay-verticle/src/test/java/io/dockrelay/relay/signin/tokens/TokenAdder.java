package io.dockrelay.relay.signin.tokens;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;

/** Another process that adds tokens, one by one: the {@code token} command many times. */
final class TokenAdder {

    static final int TOKENS = 40;

    private TokenAdder() {}

    /** @param arguments the folder, and the beginning of the names */
    public static void main(String[] arguments) {
        add(Path.of(arguments[0]), arguments[1]);
    }

    static void add(Path folder, String prefix) {
        for (int i = 0; i < TOKENS; i++) {
            Instant now = Instant.now();
            ApiToken token = new NewToken(prefix + i, Set.of(Permission.VIEW), Place.EVERYWHERE, 1)
                    .token(TokenSecret.random(), Optional.empty(), now);
            Tokens unused = new TokensFile(folder).edit(tokens -> tokens.with(token, now));
        }
    }
}
