package io.dockrelay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.listener.testing.TestAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/** A controller that dials a relay with TLS of its own. It needs no engine. */
@Tag("engine") // It needs no engine, but the packaged program.
class DialOutTlsTest {

    private static final Duration STARTS = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private final int port = Checkout.freePort();
    private TestAuthority authority;
    private String token;
    private Program relay;

    /** The token is made before the relay has TLS: its REST interface is not what this is about. */
    @BeforeEach
    void startRelay() throws Exception {
        authority = TestAuthority.in(folder, "ca");
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("RELAY_DATA_FOLDER", folder.resolve("relay").toString());
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        try (Program plain = Program.start("relay", environment)) {
            var rest = new Rest("http://127.0.0.1:" + port);
            Await.until("an answer", STARTS, () -> rest.answers("/api/health"));
            token = rest.postJson("/api/enrolments", "{\"name\":\"cellar\"}")
                    .json()
                    .path("token")
                    .asText();
            assertThat(plain.isAlive()).isTrue();
        }
        TestAuthority.Issued certificate = authority.issue("relay", "DNS:localhost", 2);
        environment.put("RELAY_TLS_CERT", certificate.cert().toString());
        environment.put("RELAY_TLS_KEY", certificate.key().toString());
        relay = Program.start("relay", environment);
        relay.awaitLine("listening on https://", STARTS);
    }

    @AfterEach
    void stopRelay() {
        relay.close();
        assertThat(relay.wholeOutput()).doesNotContain(token);
    }

    private Program controller(String ca) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("CONTROLLER_API_PORT", "0");
        environment.put("CONTROLLER_WS_PORT", "0");
        environment.put("CONTROLLER_DATA_FOLDER", folder.resolve("edge").toString());
        environment.put("RELAY_URL", "wss://localhost:" + port);
        environment.put("ENROL_TOKEN", token);
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        if (ca != null) {
            environment.put("CONTROLLER_RELAY_CA", ca);
        }
        return Program.start("controller", environment);
    }

    @Test
    void relayIsReachedWithItsIssuerOnly() throws Exception {
        String other = TestAuthority.in(folder, "other-ca").ca().toString();
        for (String wrong : List.of("", other)) {
            try (Program controller = controller(wrong.isEmpty() ? null : wrong)) {
                controller.awaitLine("WARN.*not enrolled at .*set relayCa \\(CONTROLLER_RELAY_CA\\)", STARTS);
            }
        }
        try (Program controller = controller(authority.ca().toString())) {
            controller.awaitLine("enrolled at wss://localhost:" + port + " as host cellar", STARTS);
            relay.awaitLine("controller edge-1 is there", STARTS);
            controller.awaitLine("\\[dial] connected to wss://", STARTS);
            assertThat(controller.output()).noneMatch(line -> line.contains(token));
        }
        relay.awaitLine("host cellar has left", STARTS);
    }
}
