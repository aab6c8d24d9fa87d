package io.dockrelay.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The download of a log that is larger than the heaps of controller and relay, and one container's details. */
@OnRealEngine
class DownloadTest {

    private static final int LINES = 1_000_000;

    /** Heap of the controller and of the relay. The log has 90 MB as text, and three times that as JSON lines. */
    private static final String HEAP = "-Xmx48m";

    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine engine) {
        engine.run("long", "seq 1 " + LINES + " | sed 's/$/ and some words so that it is a line of a log/'");
        engine.run("web", "sleep 1000", "--env", "DB_PASSWORD=hunter2", "--env", "PLAIN=word");
        engine.awaitExit("long");
        deployment = SplitDeployment.open(engine, Map.of("JAVA_TOOL_OPTIONS", HEAP));
        deployment.browser("web").close();
    }

    @AfterAll
    static void close(TestEngine engine) {
        deployment.close();
        engine.removeContainers();
    }

    @Test
    void logLargerThanTheHeapsIsDownloadedCompletely() throws Exception {
        for (String base : new String[] {
            "http://127.0.0.1:" + deployment.apiPort() + "/container/long", deployment.page() + "api/container/long"
        }) {
            try (BufferedReader log = download(base + "/logs/download")) {
                int expected = 0;
                String line = log.readLine();
                for (; line != null && !line.startsWith("# "); line = log.readLine()) {
                    expected++;
                    if (!line.startsWith(expected + " ", 31)) {
                        throw new AssertionError("line " + expected + " is " + line);
                    }
                }
                assertThat(expected).isEqualTo(LINES);
                assertThat(line).isEqualTo("# complete: " + LINES + " lines");
                assertThat(log.readLine()).isNull();
            }
        }
        assertThat(deployment.relay().lines("OutOfMemory")).isEmpty();
        assertThat(deployment.controller().lines("OutOfMemory")).isEmpty();
    }

    @Test
    void slowDownloadDoesNotDelayOtherClients() throws Exception {
        try (BufferedReader slow = download(deployment.page() + "api/container/long/logs/download?format=jsonl");
                WireClient browser = deployment.browser("long")) {
            assertThat(slow.readLine()).contains("\"text\":\"1 and");
            browser.subscribe("long", 5);
            JsonNode snapshot = browser.awaitType("log_snapshot");
            assertThat(snapshot.path("logs")).hasSize(5);
            assertThat(deployment
                            .relayApi()
                            .get("/api/container/long/logs?tail=3")
                            .json()
                            .path("count")
                            .asInt())
                    .isEqualTo(3);
            assertThat(slow.readLine()).contains("\"text\":\"2 and");
        }
    }

    @Test
    void bothInterfacesServeDetailsWithoutSecrets() {
        JsonNode near = deployment.controllerApi().get("/container/web/details").json();
        JsonNode far =
                deployment.relayApi().get("/api/container/edge-1%2Fweb/details").json();

        assertThat(far).isEqualTo(near);
        assertThat(near.toString()).doesNotContain("hunter2");
        assertThat(near.path("environment").toString()).contains("\"PLAIN\",\"value\":\"word\"");
        assertThat(deployment.relayApi().get("/api/container/nobody/details").status())
                .isEqualTo(404);
        assertThat(deployment
                        .relayApi()
                        .get("/api/container/nobody/logs/download")
                        .status())
                .isEqualTo(404);
    }

    private static BufferedReader download(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }
}
