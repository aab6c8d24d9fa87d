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

/** A log far larger than the heaps of those that it passes through, and what else is told of one container. */
@OnRealEngine
class DownloadTest {

    private static final int LINES = 1_000_000;

    /** Of the controller and of the relay: the log has 90 MB as text, and three times that as JSON lines in memory. */
    private static final String HEAP = "-Xmx48m";

    private static SplitDeployment house;

    @BeforeAll
    static void open(TestEngine engine) {
        engine.run("long", "seq 1 " + LINES + " | sed 's/$/ and some words so that it is a line of a log/'");
        engine.run("web", "sleep 1000", "--env", "DB_PASSWORD=hunter2", "--env", "PLAIN=word");
        engine.awaitExit("long");
        house = SplitDeployment.open(engine, Map.of("JAVA_TOOL_OPTIONS", HEAP));
        house.browser("web").close();
    }

    @AfterAll
    static void close(TestEngine engine) {
        house.close();
        engine.removeContainers();
    }

    @Test
    void aMillionLinesPassThroughSmallHeaps() throws Exception {
        for (String base : new String[] {
            "http://127.0.0.1:" + house.apiPort() + "/container/long", house.page() + "api/container/long"
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
        assertThat(house.relay().lines("OutOfMemory")).isEmpty();
        assertThat(house.controller().lines("OutOfMemory")).isEmpty();
    }

    @Test
    void aSlowDownloadHoldsUpNobodyElse() throws Exception {
        try (BufferedReader slow = download(house.page() + "api/container/long/logs/download?format=jsonl");
                WireClient browser = house.browser("long")) {
            assertThat(slow.readLine()).contains("\"text\":\"1 and");
            browser.subscribe("long", 5);
            JsonNode snapshot = browser.awaitType("log_snapshot");
            assertThat(snapshot.path("logs")).hasSize(5);
            assertThat(house.relayApi()
                            .get("/api/container/long/logs?tail=3")
                            .json()
                            .path("count")
                            .asInt())
                    .isEqualTo(3);
            assertThat(slow.readLine()).contains("\"text\":\"2 and");
        }
    }

    @Test
    void bothInterfacesTellHowAContainerWasMadeAndKeepItsSecrets() {
        JsonNode near = house.controllerApi().get("/container/web/details").json();
        JsonNode far =
                house.relayApi().get("/api/container/edge-1%2Fweb/details").json();

        assertThat(far).isEqualTo(near);
        assertThat(near.toString()).doesNotContain("hunter2");
        assertThat(near.path("environment").toString()).contains("\"PLAIN\",\"value\":\"word\"");
        assertThat(house.relayApi().get("/api/container/nobody/details").status())
                .isEqualTo(404);
        assertThat(house.relayApi().get("/api/container/nobody/logs/download").status())
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
