package io.dockrelay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.e2e.harness.SplitDeployment;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard in headless Chromium; the journeys' steps are in {@code e2e/browser}. */
@Tag("engine")
class BrowserTest {

    private static final Duration JOURNEY = Duration.ofMinutes(6);
    private static final Duration REACTION = Duration.ofMinutes(2);

    /** {@code -Dpictures=docs/pictures} updates the README's pictures. */
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    /** In one JVM, below a path prefix, as with a shared proxy. */
    @Test
    void dashboardJourneySucceedsBelowAPathPrefix(@TempDir Path record) {
        int port = Checkout.freePort();
        try (TestEngine engine = TestEngine.create()) {
            new Shell(Map.of()).run("deploy/engine/sample-stack " + engine.socket());
            Map<String, String> environment = new HashMap<>(engine.environment());
            environment.put("PORT", Integer.toString(port));
            environment.put("CONTROLLER_ID", "edge-1");
            environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
            environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
            environment.put("RELAY_PATH_PREFIX", "/tools/relay");
            environment.put("RELAY_RECORD_FOLDER", record.toString());
            try (Program all = Program.start("all", environment)) {
                var relay = new Rest("http://127.0.0.1:" + port);
                Await.until("the relay answers", Duration.ofSeconds(30), () -> relay.answers("/api/health"));
                try (Program journey = journey("dashboard", port, "/tools/relay/", environment)) {
                    assertThat(journey.awaitExit(JOURNEY))
                            .as(journey.wholeOutput())
                            .isZero();
                    assertThat(journey.lines("^ok - ")).hasSize(23);
                }
                assertThat(all.lines(" ERROR ")).isEmpty();
            }
        }
    }

    /** Controller and relay in separate processes, each stopped and started again while the page stays open. */
    @Test
    void openPageShowsEachOutageAndRecovers() {
        try (TestEngine engine = TestEngine.create()) {
            new Shell(Map.of()).run("deploy/engine/sample-stack " + engine.socket());
            try (SplitDeployment deployment = SplitDeployment.open(engine);
                    Program journey = journey("away", deployment.port(), "/", engine.environment())) {
                after(journey, "relay away", () -> deployment.relay().kill());
                after(journey, "relay back", deployment::startRelay);
                after(journey, "controller away", () -> deployment.controller().kill());
                after(journey, "controller back", deployment::startController);
                after(journey, "engine away", engine::freeze);
                after(journey, "engine back", engine::thaw);
                assertThat(journey.awaitExit(JOURNEY)).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(6);
            }
        }
    }

    private static void after(Program journey, String step, Runnable action) {
        journey.awaitLine("^now: " + step, REACTION);
        action.run();
    }

    private static Program journey(String name, int port, String path, Map<String, String> engine) {
        Map<String, String> environment = new HashMap<>(engine);
        environment.put("PAGE", "http://localhost:" + port + path);
        environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
        return Program.run(name, environment, List.of("node", "e2e/browser/" + name + ".mjs"));
    }
}
