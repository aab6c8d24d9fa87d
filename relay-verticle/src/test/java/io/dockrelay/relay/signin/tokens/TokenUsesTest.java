package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.relay.Soon;

import static org.assertj.core.api.Assertions.assertThat;

class TokenUsesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    private TokenUses uses() {
        return new TokenUses(vertx, folder, () -> Set.of("a", "b"));
    }

    @AfterEach
    void close() {
        Soon.done(vertx.close());
    }

    @Test
    void nothingIsLostAtTheEndAndTheNextStartKnowsIt() throws IOException {
        TokenUses uses = uses();
        Soon.done(uses.start());
        uses.used("a", NOW);
        uses.used("gone", NOW);
        assertThat(Files.exists(folder.resolve("token-uses")))
                .as("not at each use")
                .isFalse();

        Soon.done(uses.close());

        assertThat(new TokenUsesFile(folder).load()).isEqualTo(Map.of("a", NOW));
        TokenUses next = uses();
        Soon.done(next.start());
        assertThat(next.last("a")).contains(NOW);
        Soon.done(next.close());
    }

    @Test
    void diskThatFailsLosesNoUseAndPreventsNothing() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("token-uses"));
        TokenUses uses = uses();
        Soon.done(uses.start());
        uses.used("b", NOW);
        Soon.done(uses.close());
        assertThat(uses.last("b")).contains(NOW);

        Files.delete(broken);
        Soon.done(uses.close());

        assertThat(new TokenUsesFile(folder).load()).isEqualTo(Map.of("b", NOW));
    }
}
