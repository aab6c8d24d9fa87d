package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.CursorReader;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A controller and two relays, of which one is cut off from the other members, but not from its browsers. */
@OnRealEngine
class SplitClusterTest {

    private static final Duration NOTICED = Duration.ofSeconds(45);
    private static final Duration HEALED = Duration.ofSeconds(75);

    @Test
    void bothHalvesSayWhatTheyCannotSeeAndHeal(TestEngine engine, @TempDir Path folder) {
        engine.run("web", "trap 'exit 0' TERM; i=0; while :; do i=$((i+1)); echo $i; usleep 100000; done");
        try (ClusteredDeployment cluster = ClusteredDeployment.open(engine, folder);
                var near = new CursorReader(cluster.socket("r1").toString(), "web");
                var far = new CursorReader(cluster.socket("r2").toString(), "web");
                WireClient watching = WireClient.connect(cluster.socket("r2").toString())) {
            Await.until(
                    "lines at both relays",
                    Await.DEFAULT,
                    () -> near.texts().size() > 5 && far.texts().size() > 5);

            int before = watching.mark();
            cluster.network().splitOff("r2");
            watching.awaitAfter(
                    before,
                    "the controller is away",
                    NOTICED,
                    message -> message.path("type").asText().equals("controller_status")
                            && !message.path("state").asText().equals("connected"));
            assertThat(cluster.api("r2").get("/api/health").text()).contains("edge-1");
            cluster.program("r2").awaitLine("\\[cluster].* cannot be reached", NOTICED);
            cluster.program("r1").awaitLine("\\[cluster].* cannot be reached", NOTICED);
            int then = near.texts().size();
            Await.until(
                    "the other half goes on", Await.DEFAULT, () -> near.texts().size() > then + 20);

            int cut = far.texts().size();
            cluster.network().join("r2");
            Await.until(
                    "lines again at the half that was alone",
                    HEALED,
                    () -> far.texts().size() > cut + 50);

            for (CursorReader reader : List.of(near, far)) {
                assertInOrder(reader.texts());
            }
            Await.until(
                    "calls reach the controller again",
                    HEALED,
                    () -> cluster.api("r2")
                                    .post("/api/container/web/restart?wait=30")
                                    .status()
                            == 200);
        }
        engine.docker("rm", "--force", "web");
    }

    /** Numbers that go up by one. */
    private static void assertInOrder(List<String> texts) {
        int first = Integer.parseInt(texts.getFirst());
        assertThat(texts)
                .containsExactlyElementsOf(IntStream.range(first, first + texts.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }
}
