package io.dockrelay.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.model.Container;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
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
class LogsTest {

    private final TestEngine real;
    private final Vertx vertx = EngineCalls.nativeVertx();
    private DockerEngine engine;

    LogsTest(TestEngine real) {
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
    void storedLogContainsBothStreamsAndEnds() {
        real.run("both", "echo one; echo two >&2");
        real.awaitExit("both");

        LogRecorder log = await(LogRecorder.reading(engine.logs("both", LogQuery.newest(10, false))));

        log.ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(log.out()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{18}Z one\n");
        assertThat(log.err()).endsWith("Z two\n");
    }

    @Test
    void followedLogEndsWhenTheContainerStops() {
        real.run("followed", "trap 'echo later; exit' USR1; echo ready; while :; do sleep 1000 & wait; done");
        LogRecorder log = await(LogRecorder.reading(engine.logs("followed", LogQuery.following(10, false))));
        await().until(() -> log.out().endsWith("ready\n"));
        assertThat(log.ended).isNotDone();

        real.docker("kill", "--signal", "USR1", "followed");

        log.ended.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(log.out()).endsWith("later\n");
        assertThat(log.broken).isNotDone();
    }

    @Test
    void logOfATerminalIsRawBytes() {
        // The first byte is also a valid first byte of a frame header.
        real.run("terminal", "printf '\\002raw\\n'", "--tty");
        real.awaitExit("terminal");

        LogRecorder log = await(LogRecorder.reading(engine.logs("terminal", LogQuery.newest(10, true))));

        log.ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(log.stream.multiplexed()).isFalse();
        assertThat(log.out()).endsWith("Z \u0002raw\r\n");
    }

    @Test
    void refusedLogFailsTheFuture() {
        real.run("unread", "echo hidden", "--log-driver", "none");

        DockerEngineException unreadable = failure(engine.logs("unread", LogQuery.following(1, false)));
        DockerEngineException missing = failure(engine.logs("nobody", LogQuery.following(1, false)));

        assertThat(unreadable.kind()).isEqualTo(Kind.NOT_IMPLEMENTED);
        assertThat(unreadable).hasMessageContaining("does not support reading");
        assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(missing).hasMessage("No such container: nobody");
        assertThat(failure(engine.logs("nobody", new LogQuery(false, 1, "2025-01-01T00:00:00Z", null, false)))
                        .kind())
                .isIn(Kind.NOT_FOUND, Kind.SERVER_ERROR);
    }

    @Test
    void pausedStreamStopsTheEngineAndDoesNotGrowTheHeap() {
        real.run("flood", "yes 0123456789012345678901234567890123456789012345678901234567890123456789");
        LogRecorder log = await(LogRecorder.paused(engine.logs("flood", LogQuery.following(0, false))));
        log.stream.resume();
        await().until(() -> log.bytes.get() > 10_000_000);

        log.stream.pause();
        long settled = settle(log);
        long heap = usedHeap();
        String writer = real.docker("logs", "--tail", "1", "flood");
        // The container continues to write to its log; only this reader is paused.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !real.docker("logs", "--tail", "1", "--timestamps", "flood")
                        .equals(writer));
        assertThat(log.bytes.get()).isEqualTo(settled);
        assertThat(usedHeap() - heap).isLessThan(8L << 20);

        log.stream.resume();
        await().until(() -> log.bytes.get() > settled + 10_000_000);
        log.stream.cancel();
    }

    /** Only a cancel ends a stream, not the end of the verticle that opened it. */
    @Test
    void streamOutlivesTheVerticleThatOpenedIt() {
        real.run("flood", "yes 0123456789012345678901234567890123456789012345678901234567890123456789");
        Promise<LogRecorder> opened = Promise.promise();
        String verticle = await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return LogRecorder.reading(engine.logs("flood", LogQuery.following(0, false)))
                        .onComplete(opened);
            }
        }));
        LogRecorder log = await(opened.future());
        await().until(() -> log.bytes.get() > 5_000_000);

        await(vertx.undeploy(verticle));

        long then = log.bytes.get();
        await().until(() -> log.bytes.get() > then + 5_000_000);
        log.stream.cancel();
    }

    @Test
    void readerThatFetchesSingleBuffersLosesNothing() {
        real.run("long", "seq 1 20000");
        real.awaitExit("long");

        LogRecorder log = await(LogRecorder.paused(engine.logs("long", LogQuery.newest(20_000, false))));
        // The engine has sent everything by now and waits.
        while (!log.ended.isDone() && !log.broken.isDone()) {
            log.stream.fetch(1);
        }

        assertThat(log.broken).isNotDone();
        assertThat(log.out().lines()).hasSize(20_000).last().asString().endsWith(" 20000");
    }

    @Test
    void threeHundredFollowersNeedNoThreadsAndDelayNoCommand() {
        real.run("popular", "while :; do sleep 1000; done");
        await(engine.call(docker -> docker.pingCmd().exec()));
        int threads = platformThreads();

        List<Future<LogRecorder>> opening = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            opening.add(LogRecorder.reading(engine.logs("popular", LogQuery.following(0, false))));
        }
        await(Future.all(opening));

        assertThat(platformThreads()).isLessThan(threads + 10);
        List<Container> seen = await(engine.call(
                Duration.ofSeconds(3), docker -> docker.listContainersCmd().exec()));
        assertThat(seen).hasSize(1);
        opening.forEach(one -> one.result().stream.cancel());
        assertThat(opening).allSatisfy(one -> assertThat(one.result().broken).isNotDone());
    }

    @Test
    void cancelledStreamCallsNoHandlerAndClosesItsConnection() {
        real.run("cancelled", "while :; do echo x; usleep 1000; done");
        await(engine.call(docker -> docker.pingCmd().exec()));
        long before = connections();
        LogRecorder log = await(LogRecorder.reading(engine.logs("cancelled", LogQuery.following(0, false))));
        await().until(() -> log.bytes.get() > 0);

        log.stream.cancel();
        log.stream.cancel();

        await().until(() -> connections() == before);
        assertThat(log.ended).isNotDone();
        assertThat(log.broken).isNotDone();
    }

    @Test
    void killedEngineFailsTheStreamWithoutAnEnd() {
        TestEngine own = TestEngine.create();
        DockerEngine doomed = new HttpDockerEngine(vertx, EngineCalls.at(own.host()));
        try (own) {
            own.run("victim", "sleep 1000");
            LogRecorder log = await(LogRecorder.reading(doomed.logs("victim", LogQuery.following(0, false))));

            own.kill();

            Throwable cause = log.broken.orTimeout(5, TimeUnit.SECONDS).join();
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            DockerEngineException.class,
                            broken -> assertThat(broken.kind()).isEqualTo(Kind.UNREACHABLE));
            assertThat(log.ended).isNotDone();
            assertThat(failure(doomed.call(docker -> docker.pingCmd().exec())).kind())
                    .isEqualTo(Kind.UNREACHABLE);
            own.start();
            await(doomed.call(docker -> docker.pingCmd().exec()));
        }
        await(doomed.close());
    }

    /** Connections that the engine has accepted; its sockets are listed with its path. */
    private long connections() {
        return Sockets.connectedTo(real.socket());
    }

    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }

    private static long settle(LogRecorder log) {
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            long before = last[0];
            last[0] = log.bytes.get();
            return before == last[0];
        });
        return last[0];
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
