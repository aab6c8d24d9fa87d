package io.dockrelay.controller.logs.tail;

import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.GapReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The log rotates while a tail resumes: the position was located, and is deleted before the stream starts. */
@OnRealEngine
class DeletedCursorTest extends LogsThroughProxy {

    /** More lines than the first window has, then more than the engine keeps, then few. */
    private static final String SCRIPT = "mkfifo /tmp/go; read x < /tmp/go; echo before; read x < /tmp/go; seq 1 200;"
            + " read x < /tmp/go; seq 201 3000; while :; do echo later; usleep 100000; done";

    /** Null until deployed. */
    private MeteredEngine metered;

    DeletedCursorTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        metered = new MeteredEngine(itself);
        return metered;
    }

    @Test
    void tailReportsAGapAndContinuesWithTheNextLines() {
        real.run("web", SCRIPT, "--log-opt", "max-size=40k", "--log-opt", "max-file=2");
        TestReader reader = reader().open("web", 1);
        go();
        reader.awaitText("before");

        Promise<Void> firstWindow = Promise.promise();
        metered.followsWait = firstWindow.future();
        metered.reset();
        assertThat(proxy.cut()).isPositive();
        await("a stream with too small a window").until(() -> follows() == 1);
        go();
        awaitStored("web", "200");
        Promise<Void> located = Promise.promise();
        metered.followsWait = located.future();
        firstWindow.complete();
        await("a stream around the position that was located").until(() -> follows() == 2);
        go();
        awaitStored("web", "later");
        located.complete();

        reader.awaitText("later");

        assertThat(reader.gap().reason()).isEqualTo(GapReason.ROTATED);
        assertThat(reader.texts().getFirst()).isEqualTo("before");
        assertThat(reader.texts()).containsOnlyOnce("3000");
    }

    private long follows() {
        return metered.queries.stream().filter(LogQuery::follow).count();
    }

    private void go() {
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
    }
}
