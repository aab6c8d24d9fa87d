package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.docker.ApiVersion;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.EngineVersion;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stream stands still after a flood, as the follower of an engine before 23.0 does when two files were started at once.
 * The engine reports such a version, whatever it is.
 */
@OnRealEngine
class StandstillTest extends LogsThroughProxy {

    /** Null until deployed. */
    private MeteredEngine metered;

    StandstillTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        metered = new MeteredEngine(itself);
        metered.reportedVersion =
                new EngineVersion("20.10.24", new ApiVersion(1, 41), new ApiVersion(1, 41), null, "linux/amd64");
        return metered;
    }

    @Test
    void streamThatStandsStillAfterAFloodIsReopenedLongBeforeAQuietOne() {
        String script = "mkfifo /tmp/go; read x < /tmp/go; seq 1 3000; read x < /tmp/go; echo after";
        run(script);
        TestReader reader = reader().open("web", 1);
        go();
        reader.awaitText("2990");
        proxy.silence();
        go();

        reader.awaitText("after");

        List<String> all =
                Stream.concat(numbers(1, 3_000).stream(), Stream.of("after")).toList();
        assertThat(reader.seen()).isEqualTo(all);
    }

    /** As when the log rotates while the engine opens the stream, after an outage. */
    @Test
    void streamThatStandsStillFromItsStartIsReopenedLongBeforeAQuietOne() {
        String script = "mkfifo /tmp/go; read x < /tmp/go; echo before; read x < /tmp/go; echo after";
        run(script);
        TestReader reader = reader().open("web", 1);
        go();
        reader.awaitText("before");
        metered.reset();
        assertThat(proxy.cut()).isPositive();
        await("the line that was read, in a new stream").until(() -> streams() > 0 && metered.bytes.get() > 0);
        proxy.silence("/logs\\?.*follow=1");
        go();

        reader.awaitText("after");

        assertThat(reader.seen()).containsExactly("before", "after");
    }

    /** The questions were spent: the stream answers one, and few bytes have arrived since. */
    @Test
    void streamThatStandsStillAfterAFewLinesIsReopenedLongBeforeAQuietOne() {
        run("mkfifo /tmp/go; seq 1 100; read x < /tmp/go; echo few; read x < /tmp/go; echo after");
        TestReader reader = reader().open("web", 1);
        await("the question about the first silence").until(() -> streams() == 2);
        go();
        reader.awaitText("few");
        proxy.silence("/logs\\?.*follow=1");
        go();

        reader.awaitText("after");

        assertThat(reader.seen()).containsExactly("100", "few", "after");
        assertThat(streams()).isEqualTo(3);
    }

    /** One line is not enough to know its ordinal: each stream starts twice. */
    @Test
    void idleLogOfOneLineIsNotOpenedAgainAndAgain() {
        run("echo one");
        TestReader reader = reader().open("web", 10);
        reader.awaitText("one");
        await("the question about the first silence").until(() -> streams() >= 2);

        await("no further question")
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(8))
                .until(() -> streams() <= 4);
    }

    /** In a container whose log rotates. */
    private void run(String script) {
        real.run("web", script + "; sleep 1000", "--log-opt", "max-size=200k", "--log-opt", "max-file=10");
    }

    private long streams() {
        return metered.queries.stream().filter(LogQuery::follow).count();
    }

    private void go() {
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
    }
}
