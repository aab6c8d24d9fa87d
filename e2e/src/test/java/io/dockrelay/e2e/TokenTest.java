package io.dockrelay.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** API tokens: the {@code token} command at a running relay, and the page in headless Chromium. */
@Tag("engine")
class TokenTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);
    private static final Duration STARTS = Duration.ofSeconds(60);

    /** {@code -Dpictures=docs/pictures} updates the pictures of the documentation. */
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Shell shell;
    private Rest rest;

    @BeforeEach
    void choose() {
        environment.put("PORT", Integer.toString(Checkout.freePort()));
        environment.put("RELAY_SIGN_IN", "users");
        environment.put("RELAY_DATA_FOLDER", folder.resolve("data").toString());
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("JAR", Checkout.jar().toString());
        shell = new Shell(environment);
        rest = new Rest("http://127.0.0.1:" + environment.get("PORT"));
        assertThat(command("user add anna --role operator")).contains("Added anna (operator)");
    }

    /** With a password on standard input, for the command that reads one. */
    private String command(String arguments) {
        return shell.run("echo 'correct horse battery' | \"$JAVA\" -jar \"$JAR\" " + arguments);
    }

    private int status(String token) {
        return rest.get("/api/data", "Authorization", "Bearer " + token).status();
    }

    @Test
    void commandMakesListsAndRevokesTokensOfARunningRelay() throws Exception {
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("1 users may sign in", STARTS);
            String token = command("token add ci --user anna --role viewer --days 7")
                    .lines()
                    .reduce((first, last) -> last)
                    .orElseThrow();
            Path file = folder.resolve("data/tokens.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Await.until("the token holds", Duration.ofSeconds(5), () -> status(token) == 200);
            try (WireClient socket = WireClient.connect(
                    "ws://127.0.0.1:" + environment.get("PORT") + "/ws", "Authorization", "Bearer " + token)) {
                assertThat(socket.awaitType("container_update")).isNotNull();
                assertThat(command("token list"))
                        .contains("anna/ci", "view,stats")
                        .doesNotContain(token);

                assertThat(command("token revoke anna/ci")).contains("Revoked anna/ci");

                assertThat(socket.awaitClose()).isEqualTo(4005);
            }
            assertThat(status(token)).isEqualTo(401);
            assertThat(relay.lines("made a token|revoked a token")).hasSize(2);
            assertThat(relay.lines(token)).as("the token in the log").isEmpty();
        }
    }

    @Test
    void peopleMakeAndRevokeTokensAtThePage() {
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("1 users may sign in", STARTS);
            environment.put("PAGE", "http://localhost:" + environment.get("PORT") + "/");
            environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
            try (Program journey = Program.run("tokens", environment, List.of("node", "e2e/browser/tokens.mjs"))) {
                String token = journey.awaitLine("^token: (\\S+)", JOURNEY).group(1);
                assertThat(status(token)).isEqualTo(200);

                assertThat(journey.awaitExit(JOURNEY)).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(7);
                assertThat(status(token)).as("revoked").isEqualTo(401);
                assertThat(relay.lines(token)).as("the token in the log").isEmpty();
            }
            assertThat(relay.lines(" ERROR ")).isEmpty();
        }
    }
}
