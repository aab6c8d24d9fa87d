package io.dockrelay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;

import static org.assertj.core.api.Assertions.assertThat;

/** A host that dials the relay is added in headless Chromium; the journey's steps are in e2e/browser/enrol.mjs. */
@Tag("engine")
class EnrolPageTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);

    @Test
    void enrolJourneySucceeds(@TempDir Path data) {
        int port = Checkout.freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        environment.put("RELAY_DATA_FOLDER", data.resolve("relay").toString());
        environment.put("PAGE", "http://localhost:" + port + "/");
        environment.put(
                "PICTURES", Checkout.root().resolve("e2e/target/pictures").toString());
        environment.put(
                "CONTROLLER",
                Path.of(System.getProperty("java.home"), "bin", "java") + " -jar " + Checkout.jar() + " controller");
        environment.put("CONTROLLER_API_PORT", "0");
        environment.put("CONTROLLER_WS_PORT", "0");
        environment.put("CONTROLLER_DATA_FOLDER", data.resolve("edge").toString());
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        try (Program relay = Program.start("relay", environment)) {
            var rest = new Rest("http://127.0.0.1:" + port);
            Await.until("the relay answers", Duration.ofSeconds(30), () -> rest.answers("/api/health"));
            try (Program journey = Program.run("enrol", environment, List.of("node", "e2e/browser/enrol.mjs"))) {
                int exitCode = journey.awaitExit(JOURNEY);

                assertThat(exitCode).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(5);
            }
            assertThat(relay.lines(" ERROR ")).isEmpty();
        }
    }
}
