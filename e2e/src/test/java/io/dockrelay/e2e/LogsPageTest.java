package io.dockrelay.e2e;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard's logs in headless Chromium; the journey's steps are in e2e/browser/logs.mjs. */
@Tag("engine")
class LogsPageTest {

    private static final Duration JOURNEY = Duration.ofMinutes(6);

    /** {@code -Dpictures=docs/pictures} updates the README's pictures. */
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    @Test
    void logsJourneySucceeds() {
        int port = Checkout.freePort();
        try (TestEngine engine = TestEngine.create()) {
            new Shell(Map.of()).run("deploy/engine/sample-stack " + engine.socket());
            Map<String, String> environment = new HashMap<>(engine.environment());
            environment.put("CONTROLLER_ID", "edge-1");
            environment.put("PORT", Integer.toString(port));
            environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
            environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
            try (Program all = Program.start("all", environment)) {
                var relay = new Rest("http://127.0.0.1:" + port);
                Await.until("the relay answers", Duration.ofSeconds(30), () -> relay.answers("/api/health"));
                environment.put("PAGE", "http://localhost:" + port + "/");
                environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
                try (Program journey = Program.run("logs", environment, List.of("node", "e2e/browser/logs.mjs"))) {
                    int exitCode = journey.awaitExit(JOURNEY);

                    assertThat(exitCode).as(journey.wholeOutput()).isZero();
                    assertThat(journey.lines("^ok - ")).hasSize(19);
                }
                assertThat(all.lines(" ERROR ")).isEmpty();
            }
        }
    }
}
