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

/** Several hosts in headless Chromium, one with a wrong clock; the journey's steps are in e2e/browser/hosts.mjs. */
@Tag("engine")
class HostsPageTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);

    @Test
    void hostsJourneySucceeds(@TempDir Path data) {
        int port = Checkout.freePort();
        int right = Checkout.freePort();
        int wrong = Checkout.freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        environment.put("CONTROLLER_WS", "ws://localhost:" + right + ",ws://localhost:" + wrong);
        environment.put("CONTROLLER_API", "http://localhost:" + right + ",http://localhost:" + wrong);
        environment.put("RELAY_DATA_FOLDER", data.toString());
        environment.put("PAGE", "http://localhost:" + port + "/");
        environment.put("PORTS", right + "," + wrong);
        environment.put(
                "PICTURES", Checkout.root().resolve("e2e/target/pictures").toString());
        try (Program relay = Program.start("relay", environment)) {
            var rest = new Rest("http://127.0.0.1:" + port);
            Await.until("the relay answers", Duration.ofSeconds(30), () -> rest.answers("/api/health"));
            try (Program journey = Program.run("hosts", environment, List.of("node", "e2e/browser/hosts.mjs"))) {
                int exitCode = journey.awaitExit(JOURNEY);

                assertThat(exitCode).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(7);
            }
            assertThat(relay.lines(" ERROR ")).isEmpty();
        }
    }
}
