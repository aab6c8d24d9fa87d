package io.dockrelay.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.SplitDeployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Searches in a log that is larger than the heaps of controller and relay, through both. */
@OnRealEngine
class SearchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES = 1_000_000;

    /** Heap of the controller and of the relay. The log has 100 MB. */
    private static final String HEAP = "-Xmx48m";

    private static SplitDeployment deployment;

    /** What a search has sent, and the milliseconds until its first hit. */
    private record Answer(List<JsonNode> hits, JsonNode end, long firstHit) {}

    @BeforeAll
    static void open(TestEngine engine) throws IOException {
        engine.run("long", "true");
        engine.awaitExit("long");
        engine.run("web", "echo 'needle of web'; sleep 1000");
        fill(Path.of(engine.docker("inspect", "--format", "{{.LogPath}}", "long")));
        deployment = SplitDeployment.open(engine, Map.of("JAVA_TOOL_OPTIONS", HEAP));
        deployment.browser("web").close();
    }

    @AfterAll
    static void close(TestEngine engine) {
        deployment.close();
        engine.removeContainers();
    }

    /** A line per millisecond; every hundred thousandth is an error with a needle. */
    private static void fill(Path log) throws IOException {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int line = 1; line <= LINES; line++) {
                String text = line % 100_000 == 0 ? "ERROR: needle " : "INFO: some words of line ";
                out.write("{\"log\":\"" + text + line + "\\n\",\"stream\":\"stdout\",\"time\":\""
                        + begin.plusMillis(line) + "\"}\n");
            }
        }
    }

    private static Answer search(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .build();
        long start = System.nanoTime();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> hits = new ArrayList<>();
        JsonNode end = null;
        long firstHit = -1;
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode item = JSON.readTree(line);
                if (item.path("type").asText().equals("hit")) {
                    firstHit = hits.isEmpty() ? (System.nanoTime() - start) / 1_000_000 : firstHit;
                    hits.add(item);
                }
                end = item.path("type").asText().equals("end") ? item : end;
            }
        }
        assertThat(end).as("the last line").isNotNull();
        return new Answer(hits, end, firstHit);
    }

    @Test
    void wholeLogIsSearchedInASmallHeap() throws Exception {
        for (String base : List.of(
                "http://127.0.0.1:" + deployment.apiPort() + "/container/long",
                deployment.page() + "api/container/long")) {
            Answer words = search(base + "/logs/search?text=words&limit=1000");
            Answer errors = search(base + "/logs/search?levels=error&regex=ne%2Bdle&limit=3");

            assertThat(words.hits()).hasSize(1_000);
            assertThat(words.end().path("hits").asInt()).isEqualTo(LINES - 10);
            assertThat(words.end().path("lines").asInt()).isEqualTo(LINES);
            assertThat(words.end().path("complete").asBoolean()).isTrue();
            assertThat(errors.end().path("hits").asInt()).isEqualTo(10);
            assertThat(errors.hits())
                    .extracting(hit -> hit.path("text").asText())
                    .containsExactly("ERROR: needle 1000000", "ERROR: needle 900000", "ERROR: needle 800000");
        }
        assertThat(deployment.controller().output()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    @Test
    void hitsOfAllHostsAreMergedAndTheNewestComeAtOnce() throws Exception {
        Answer all = search(deployment.page() + "api/containers/logs/search?text=needle&limit=2");
        Answer one = search(
                deployment.page() + "api/containers/logs/search?container=edge-1/long&text=needle&limit=1&count=false");

        assertThat(all.hits())
                .extracting(hit ->
                        hit.path("controller").asText() + " " + hit.path("text").asText())
                .containsExactly("edge-1 needle of web", "edge-1 ERROR: needle 1000000");
        assertThat(all.end().path("hits").asInt()).isEqualTo(11);
        assertThat(one.hits()).hasSize(1);
        assertThat(one.end().path("lines").asInt()).isLessThan(LINES / 10);
        assertThat(deployment
                        .relayApi()
                        .get("/api/container/long/logs/search?regex=(")
                        .status())
                .isEqualTo(400);
    }
}
