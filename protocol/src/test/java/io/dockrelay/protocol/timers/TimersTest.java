package io.dockrelay.protocol.timers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimersTest {

    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> ran = new ArrayList<>();
    private Context context;

    @BeforeEach
    void makeContext() {
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void timeoutRunsItsTaskOnceAndTheTaskMayStartItAgain() {
        var timeout = new Timeout(vertx);
        onContextUntilDone(done -> timeout.start(AT_ONCE, () -> {
            ran.add("first, running " + timeout.isRunning());
            timeout.start(AT_ONCE, () -> {
                ran.add("second");
                done.countDown();
            });
        }));
        assertThat(ran).containsExactly("first, running false", "second");
    }

    @Test
    void startingATimeoutAgainReplacesTheFirstTask() {
        var timeout = new Timeout(vertx);
        onContextUntilDone(done -> {
            timeout.start(FOREVER, () -> ran.add("replaced"));
            timeout.start(AT_ONCE, done::countDown);
        });
        assertThat(ran).isEmpty();
        assertThat(timeout.isRunning()).isFalse();
    }

    @Test
    void cancelledTimeoutIsNotRunning() {
        var timeout = new Timeout(vertx);
        timeout.start(FOREVER, () -> ran.add("cancelled"));
        assertThat(timeout.isRunning()).isTrue();
        timeout.cancel();
        timeout.cancel();
        assertThat(timeout.isRunning()).isFalse();
    }

    @Test
    void valueThatIsNotUsedIsClosedOnceWhenItsLeaseEnds() {
        onContextUntilDone(done -> {
            var leases = new Leases<String>(vertx, "test", AT_ONCE, value -> {
                ran.add("closed " + value);
                done.countDown();
            });
            leases.reserve("reserved");
            leases.put("a", "one");
            assertThat(leases.use("reserved")).isNull();
            assertThat(leases.use("a")).isEqualTo("one");
            assertThat(leases.size()).isEqualTo(2);
        });
        assertThat(ran).containsExactly("closed one");
    }

    @Test
    void endedIdsAreGoneAndTheirValuesClosed() {
        var leases = new Leases<String>(vertx, "test", FOREVER, value -> ran.add("closed " + value));
        leases.reserve("a");
        leases.end("a");
        assertThat(leases.contains("a")).isFalse();
        leases.put("b", "two");
        leases.put("c", "three");
        leases.endAll();
        leases.end("b");
        assertThat(leases.size()).isZero();
        assertThat(leases.use("b")).isNull();
        assertThat(ran).containsExactlyInAnyOrder("closed two", "closed three");
    }

    @Test
    void periodicTaskRunsUntilItIsCancelled() {
        var periodic = new Periodic(vertx);
        onContextUntilDone(done -> periodic.start(Duration.ofMillis(1), () -> {
            ran.add("tick");
            if (ran.size() == 3) {
                periodic.cancel();
                done.countDown();
            }
        }));
        assertThat(ran).hasSize(3);
        assertThat(periodic.isRunning()).isFalse();
    }

    @Test
    void waitingAttemptRunsAtOnceOnRequest() {
        var retry = new RetryTimer(vertx, () -> 0.5);
        retry.later(() -> ran.add("attempt"));
        assertThat(retry.delay()).isEqualTo(Duration.ofMillis(750));
        assertThat(retry.isWaiting()).isTrue();
        retry.now();
        retry.now();
        assertThat(ran).containsExactly("attempt");
        assertThat(retry.attempts()).isEqualTo(1);
    }

    @Test
    void cancelledAttemptDoesNotRunAndTheBackoffIsKept() {
        var retry = new RetryTimer(vertx, () -> 0.5);
        retry.later(() -> ran.add("attempt"));
        retry.cancel();
        retry.now();
        assertThat(ran).isEmpty();
        retry.later(() -> {});
        assertThat(retry.delay()).isEqualTo(Duration.ofMillis(1500));
        retry.cancel();
    }

    @Test
    void stableConnectionResetsTheBackoff() {
        var retry = new RetryTimer(vertx, () -> 0.5);
        retry.later(() -> {});
        retry.connectionLasted(Duration.ofSeconds(10));
        assertThat(retry.attempts()).isZero();
        retry.cancel();
    }

    private interface Step {
        void run(CountDownLatch done);
    }

    private void onContextUntilDone(Step step) {
        var done = new CountDownLatch(1);
        context.runOnContext(turn -> step.run(done));
        try {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
