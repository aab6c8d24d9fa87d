package io.dockrelay.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A log of very long lines, which many want at once, stops no other reader. */
@OnRealEngine
class HostileBacklogsTest {

    private static final int BROWSERS = 8;
    private static final int LINES = 150;
    private static final Duration SNAPSHOTS = Duration.ofSeconds(30);

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        engine.run(
                "huge",
                "for i in $(seq 1 " + LINES + "); do printf $i; head -c 1000000 /dev/zero | tr '\\0' x; echo; done");
        engine.run("small", "seq 1 20");
        engine.awaitExit("huge");
        deployment = SplitDeployment.open(shared);
    }

    @AfterAll
    static void close() {
        deployment.close();
        engine.removeContainers();
    }

    @Test
    void smallLogOpensWhileEightBrowsersWantTheBacklogOfAHugeOne() {
        List<WireClient> browsers = new ArrayList<>();
        try (WireClient ninth = deployment.browser("small")) {
            for (int i = 0; i < BROWSERS; i++) {
                browsers.add(deployment.browser("huge"));
            }
            browsers.forEach(browser -> browser.subscribe("huge", 10_000));

            ninth.subscribe("small", 100);
            ninth.await("the small log", Duration.ofSeconds(3), WireClient.ofType("log_snapshot"));

            assertThat(ninth.texts("small")).hasSize(20);
            for (WireClient browser : browsers) {
                JsonNode snapshot = browser.await("the huge log", SNAPSHOTS, WireClient.ofType("log_snapshot"));
                assertThat(snapshot.path("more_before").asBoolean()).isTrue();
                assertThat(numbers(snapshot)).isEqualTo(lastNumbers(snapshot)).isNotEmpty();
            }
        } finally {
            browsers.forEach(WireClient::close);
        }
    }

    @Test
    void pagesOfRestAreAnsweredWithTheLinesThatFit() {
        Rest relay = deployment.relayApi();
        List<CompletableFuture<Rest.Answer>> requests = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> relay.get("/api/container/huge/logs?tail=5000")))
                .toList();

        for (CompletableFuture<Rest.Answer> request : requests) {
            Rest.Answer answer = request.join();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("more_before").asBoolean()).isTrue();
            assertThat(numbers(answer.json()))
                    .isEqualTo(lastNumbers(answer.json()))
                    .isNotEmpty();
        }
        JsonNode newest = requests.getFirst().join().json();
        JsonNode older = relay.get("/api/container/huge/logs?limit=5000&before="
                        + newest.path("first").asText())
                .json();
        assertThat(older.path("anchored").asBoolean()).isTrue();
        assertThat(numbers(older).getLast()).isEqualTo(numbers(newest).getFirst() - 1);
    }

    /** The numbers of the lines, each of which is whole. */
    private static List<Integer> numbers(JsonNode page) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode line : page.path("logs")) {
            String text = line.asText().substring(31);
            int digits = text.indexOf('x');
            assertThat(text).hasSize(digits + 1_000_000);
            numbers.add(Integer.parseInt(text.substring(0, digits)));
        }
        return numbers;
    }

    private static List<Integer> lastNumbers(JsonNode page) {
        return IntStream.rangeClosed(LINES - page.path("logs").size() + 1, LINES)
                .boxed()
                .toList();
    }
}
