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

import static io.dockrelay.docker.CommandQuestions.await;
import static io.dockrelay.docker.CommandQuestions.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnRealEngine
class EventsAndStatsTest {

    private final TestEngine real;
    private final Vertx vertx = CommandQuestions.nativeVertx();
    private DockerEngine engine;

    EventsAndStatsTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void create() {
        engine = DockerEngine.create(vertx, CommandQuestions.at(real.host()));
    }

    @AfterEach
    void close() {
        await(engine.close());
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void hearsWhatHappensToContainers() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        JsonStream<Event> events = await(engine.events(
                new EventQuery(null, null, Map.of("type", List.of("container"), "event", List.of("create", "die")))));
        events.handler(event -> heard.add(
                event.getAction() + " " + event.getActor().getAttributes().get("name")));
        events.resume();

        real.run("noted", "exit 0");

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("create noted");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("die noted");
        events.cancel();
    }

    @Test
    void endsWhereTheQueryEnds() {
        real.run("early", "exit 0");
        real.awaitExit("early");
        long now = System.currentTimeMillis() / 1000 + 1;
        CompletableFuture<Void> ended = new CompletableFuture<>();
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

        JsonStream<Event> events =
                await(engine.events(new EventQuery(Long.toString(now - 60), Long.toString(now), Map.of())));
        events.handler(heard::add);
        events.endHandler(ended::complete);
        events.resume();

        ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(heard).isNotEmpty();
    }

    @Test
    void givesOneObjectAFetch() {
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        JsonStream<Event> events = await(engine.events(EventQuery.containers()));
        events.handler(heard::add);
        real.run("slowly", "exit 0");
        real.awaitExit("slowly");

        assertThat(heard).isEmpty();
        events.fetch(1);
        await().until(() -> heard.size() == 1);
        events.fetch(1);
        await().until(() -> heard.size() == 2);
        assertThat(heard).extracting(Event::getAction).containsExactly("create", "start");
        events.cancel();
    }

    @Test
    void measuresAContainerAgainAndAgain() throws InterruptedException {
        real.run("busy", "while :; do :; done");
        BlockingQueue<Statistics> measured = new LinkedBlockingQueue<>();

        JsonStream<Statistics> stats = await(engine.stats("busy"));
        stats.handler(measured::add);
        stats.resume();

        Statistics first = measured.poll(10, TimeUnit.SECONDS);
        Statistics second = measured.poll(10, TimeUnit.SECONDS);
        // How much depends on the machine's cgroups, which a container host may lack.
        assertThat(first.getCpuStats()).isNotNull();
        assertThat(second.getCpuStats()).isNotNull();
        stats.cancel();
    }

    @Test
    void measuresManyContainersOnceEach() {
        real.run("busy", "while :; do :; done");
        Duration patience = Duration.ofSeconds(10);

        for (int round = 0; round < 2; round++) {
            var measured = Future.all(Stream.generate(() -> engine.statsNow("busy", patience))
                    .limit(20)
                    .toList());
            await(measured);
            assertThat(measured.<Statistics>list())
                    .allSatisfy(stats -> assertThat(stats.getCpuStats()).isNotNull());
        }
    }

    @Test
    void aMeasurementThatIsLateFails() {
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
    void statsOfNobodyAreNotFound() {
        assertThat(failure(engine.stats("nobody")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(engine.statsNow("nobody", Duration.ofSeconds(10))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void anEngineThatStopsBreaksTheStream() {
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
