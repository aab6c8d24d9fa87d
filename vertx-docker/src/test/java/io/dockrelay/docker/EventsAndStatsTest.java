package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnRealEngine
class EventsAndStatsTest {

    private final TestEngine real;
    private final Vertx vertx = EngineCalls.nativeVertx();
    private DockerEngine engine;

    EventsAndStatsTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void create() {
        engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));
    }

    @AfterEach
    void close() {
        await(engine.close());
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void containerEventsArrive() throws InterruptedException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        JsonStream<Event> events = await(engine.events(
                new EventQuery(null, null, Map.of("type", List.of("container"), "event", List.of("create", "die")))));
        events.handler(event -> received.add(
                event.getAction() + " " + event.getActor().getAttributes().get("name")));
        events.resume();

        real.run("noted", "exit 0");

        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("create noted");
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("die noted");
        events.cancel();
    }

    @Test
    void eventStreamEndsAtTheQuerysEnd() {
        real.run("early", "exit 0");
        real.awaitExit("early");
        long now = System.currentTimeMillis() / 1000 + 1;
        CompletableFuture<Void> ended = new CompletableFuture<>();
        BlockingQueue<Event> received = new LinkedBlockingQueue<>();

        JsonStream<Event> events =
                await(engine.events(new EventQuery(Long.toString(now - 60), Long.toString(now), Map.of())));
        events.handler(received::add);
        events.endHandler(ended::complete);
        events.resume();

        ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(received).isNotEmpty();
    }

    @Test
    void oneObjectArrivesPerFetch() {
        BlockingQueue<Event> received = new LinkedBlockingQueue<>();
        JsonStream<Event> events = await(engine.events(EventQuery.containers()));
        events.handler(received::add);
        real.run("slowly", "exit 0");
        real.awaitExit("slowly");

        assertThat(received).isEmpty();
        events.fetch(1);
        await().until(() -> received.size() == 1);
        events.fetch(1);
        await().until(() -> received.size() == 2);
        assertThat(received).extracting(Event::getAction).containsExactly("create", "start");
        events.cancel();
    }

    @Test
    void statsStreamSendsMeasurementsRepeatedly() throws InterruptedException {
        real.run("busy", "while :; do :; done");
        BlockingQueue<Statistics> measured = new LinkedBlockingQueue<>();

        JsonStream<Statistics> stats = await(engine.stats("busy"));
        stats.handler(measured::add);
        stats.resume();

        Statistics first = measured.poll(10, TimeUnit.SECONDS);
        Statistics second = measured.poll(10, TimeUnit.SECONDS);
        // The values depend on the machine's cgroups, which a container host may lack.
        assertThat(first.getCpuStats()).isNotNull();
        assertThat(second.getCpuStats()).isNotNull();
        stats.cancel();
    }

    @Test
    void manySingleMeasurementsRunAtTheSameTime() {
        real.run("busy", "while :; do :; done");
        Duration deadline = Duration.ofSeconds(10);

        for (int round = 0; round < 2; round++) {
            var measured = Future.all(Stream.generate(() -> engine.statsNow("busy", deadline))
                    .limit(20)
                    .toList());
            await(measured);
            assertThat(measured.<Statistics>list())
                    .allSatisfy(stats -> assertThat(stats.getCpuStats()).isNotNull());
        }
    }

    @Test
    void lateMeasurementIsATimeout() {
        real.run("busy", "while :; do :; done");
        real.freeze();
        try {
            assertThat(failure(engine.statsNow("busy", Duration.ofMillis(200))).kind())
                    .isEqualTo(Kind.TIMEOUT);
        } finally {
            real.thaw();
        }
    }

    @Test
    void statsOfAMissingContainerAreNotFound() {
        assertThat(failure(engine.stats("missing")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(engine.statsNow("missing", Duration.ofSeconds(10))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void killedEngineFailsTheStream() {
        CompletableFuture<Throwable> broken = new CompletableFuture<>();
        JsonStream<Event> events = await(engine.events(EventQuery.all()));
        events.exceptionHandler(broken::complete);
        events.endHandler(end -> broken.completeExceptionally(new AssertionError("ended")));
        events.resume();

        real.kill();

        assertThat(broken.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(DockerEngineException.class);
        real.start();
    }
}
