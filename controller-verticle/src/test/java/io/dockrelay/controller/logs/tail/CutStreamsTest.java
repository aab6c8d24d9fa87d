package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The engine is reached through a proxy that cuts its streams, or lets them die silently. */
@OnRealEngine
class CutStreamsTest extends LogsThroughProxy {

    private static final Duration QUIET = Duration.ofSeconds(1);

    CutStreamsTest(TestEngine real) {
        super(real);
    }

    @Override
    public TailLimits limits() {
        return new TailLimits(MAX_LINES, QUIET, Duration.ofMillis(500));
    }

    @Test
    void everyLineArrivesOnceWhileTheStreamIsCutRepeatedly() {
        String script = "i=0; while [ $i -lt 4500 ]; do i=$((i+1)); echo $i; [ $((i % 10)) = 0 ] && usleep 20000; done";
        real.run("plain", script + "; sleep 1000");
        real.run("terminal", script + "; sleep 1000", "--tty");
        TestReader plain = reader().open("plain", 10_000);
        TestReader terminal = reader().open("terminal", 10_000);
        int cuts = 0;
        // A stream that lasted for more than a second is reopened without a growing delay.
        while (plain.lineCount() < 4_000) {
            int seen = plain.lineCount();
            plain.await("1,000 more lines", () -> plain.lineCount() >= Math.min(4_000, seen + 1_000));
            cuts += proxy.cut();
        }
        plain.awaitText("4500");
        terminal.awaitText("4500");
        assertThat(cuts).isGreaterThanOrEqualTo(8);
        List<String> all =
                IntStream.rangeClosed(1, 4_500).mapToObj(Integer::toString).toList();
        assertThat(plain.seen()).isEqualTo(all);
        assertThat(terminal.seen()).isEqualTo(all);
    }

    @Test
    void streamThatDiesSilentlyIsReopened() {
        real.run("web", "mkfifo /tmp/go; echo one; read x < /tmp/go; echo two; sleep 1000");
        TestReader reader = reader().open("web", 10);
        reader.awaitText("one");
        proxy.silence();
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        // The pooled connections are dead too, and a request that gets one of them waits for ten seconds.
        await().atMost(Duration.ofSeconds(60)).until(() -> reader.seen().contains("two"));
        assertThat(reader.seen()).containsExactly("one", "two");
    }

    @Test
    void quietLogIsFollowedWithoutRepeatedLines() {
        real.run("web", "mkfifo /tmp/go; echo one; read x < /tmp/go; echo two; sleep 1000");
        TestReader reader = reader().open("web", 10);
        reader.awaitText("one");
        await().during(QUIET.multipliedBy(3)).atMost(QUIET.multipliedBy(5)).until(() -> reader.lineCount() == 1);
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        reader.awaitText("two");
        assertThat(reader.seen()).containsExactly("one", "two");
    }

    /** After a short pause, the engine's follower continues with the newest file, without a sign. */
    @Test
    void linesSkippedByTheEngineInARotatingFloodAreReadFromTheStore() {
        String script = "mkfifo /tmp/go; echo ready; read x < /tmp/go; seq 1 12000; read x < /tmp/go; seq 12001 60000";
        real.run("web", script + "; echo end; sleep 1000", "--log-opt", "max-size=200k", "--log-opt", "max-file=60");
        TestReader reader = reader().open("web", 1);
        reader.awaitText("ready");
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        reader.awaitText("12000");
        proxy.hold();
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        await().until(() -> real.docker("logs", "--tail", "1", "web").strip().equals("end"));
        proxy.release();
        reader.awaitText("end");
        List<String> seen = reader.seen();
        assertThat(seen.getFirst()).isEqualTo("ready");
        assertThat(Ranges.of(seen.subList(1, seen.size() - 1).stream()
                        .map(Integer::valueOf)
                        .toList()))
                .isEqualTo("1-60000");
    }
}
