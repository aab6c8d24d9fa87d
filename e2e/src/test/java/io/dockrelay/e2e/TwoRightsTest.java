package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Shell;

import static org.assertj.core.api.Assertions.assertThat;

/** Two users of different rights, each in a Chromium of their own; the steps are in {@code e2e/browser/rights.mjs}. */
@Tag("engine")
class TwoRightsTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);
    private static final Duration STARTS = Duration.ofSeconds(60);

    /** {@code -Dpictures=docs/pictures} updates the pictures of the documentation. */
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    private static final String OPERATOR = "{\"user\": \"olga\", \"role\": \"operator\", \"project\": \"shop\"}";
    private static final String VIEWER = "{\"user\": \"viktor\", \"role\": \"viewer\", \"project\": \"shop\"}";
    private static final String RUNS = "trap 'exit 0' TERM; while :; do echo working; sleep 1; done";

    @TempDir
    private Path folder;

    @Test
    void eachSeesAndDoesWhatTheGrantsInclude() throws Exception {
        try (TestEngine engine = TestEngine.create()) {
            runService(engine, "shop", "web");
            runService(engine, "shop", "ledger", "dockrelay.control=off");
            runService(engine, "shop", "vault", "dockrelay.hidden=true");
            runService(engine, "blog", "gazette");
            Map<String, String> environment = environment(engine);
            grant(OPERATOR + ", " + VIEWER);
            // A role that is defined nowhere gives nothing.
            addUser(environment, "olga");
            addUser(environment, "viktor");
            try (Program all = Program.start("all", environment)) {
                all.awaitLine("2 users may sign in", STARTS);
                try (Program journey = Program.run("rights", environment, List.of("node", "e2e/browser/rights.mjs"))) {
                    journey.awaitLine("^now: take the viewer's grant away", JOURNEY);
                    grant(OPERATOR);

                    assertThat(journey.awaitExit(JOURNEY))
                            .as(journey.wholeOutput())
                            .isZero();
                    assertThat(journey.lines("^ok - ")).hasSize(7);
                }
                assertThat(all.lines(" ERROR ")).isEmpty();
            }
        }
    }

    private Map<String, String> environment(TestEngine engine) {
        Map<String, String> environment = new HashMap<>(engine.environment());
        int port = Checkout.freePort();
        environment.put("PORT", Integer.toString(port));
        environment.put("PAGE", "http://localhost:" + port + "/");
        environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
        environment.put("RELAY_SIGN_IN", "users");
        environment.put("RELAY_DATA_FOLDER", folder.resolve("data").toString());
        environment.put("RELAY_GRANTS_FILE", folder.resolve("grants.json").toString());
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("JAR", Checkout.jar().toString());
        return environment;
    }

    private static void runService(TestEngine engine, String project, String service, String... label) {
        Map<String, String> labels =
                new HashMap<>(Map.of("com.docker.compose.project", project, "com.docker.compose.service", service));
        for (String one : label) {
            String[] parts = one.split("=", 2);
            labels.put(parts[0], parts[1]);
        }
        engine.run(project + "-" + service, labels, RUNS);
    }

    private static void addUser(Map<String, String> environment, String name) {
        new Shell(environment)
                .run("printf 'correct horse battery\\n' | \"$JAVA\" -jar \"$JAR\" user add " + name + " --role guest");
    }

    /** Replaces the file as a whole, as an editor does. */
    private void grant(String grants) throws IOException {
        Path next = folder.resolve("grants.next");
        Files.writeString(next, "{\"grants\": [" + grants + "]}");
        Files.move(next, folder.resolve("grants.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
