package io.dockrelay.controller.logs.tail;

import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailFrom;

import static org.assertj.core.api.Assertions.assertThat;

/** A container appears that a tail has waited for. */
@OnRealEngine
class LateContainerTest extends LogsOnRealEngine {

    private MeteredEngine slow;

    LateContainerTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        slow = new MeteredEngine(itself);
        return slow;
    }

    /** Many containers start one after the other, as on an engine that has just come back. */
    @Test
    void logOfAnAwaitedContainerIsReadWhileOthersAppear() {
        real.run("p-web-2", labels("2"), "echo two; sleep 1000");
        TestReader reader = reader();
        assertThat(Waiting.await(reader.tryOpen("p-web-1", new TailFrom.Lines(10), true)))
                .isNotNull();
        TestReader witness = reader();
        assertThat(Waiting.await(witness.tryOpen("p-web-3", new TailFrom.Lines(10), true)))
                .isNotNull();
        Promise<Void> held = Promise.promise();
        slow.logsWait = held.future();
        real.run("p-web-1", labels("1"), "echo one; sleep 1000");
        reader.awaitState(LogStateKind.FOLLOWING);
        real.run("p-web-3", labels("3"), "echo three; sleep 1000");
        witness.awaitState(LogStateKind.FOLLOWING);

        held.complete();

        reader.awaitText("one");
        assertThat(reader.texts()).containsExactly("one");
    }

    /** Another replica is a candidate, and is rejected by its inspection while the log is still being read. */
    @Test
    void awaitedContainerThatIsRemovedWhileItsLogIsReadIsReportedAsRemoved() {
        real.run("p-web-2", labels("2"), "echo two; sleep 1000");
        TestReader reader = reader();
        assertThat(Waiting.await(reader.tryOpen("p-web-1", new TailFrom.Lines(10), true)))
                .isNotNull();
        TestReader witness = reader();
        assertThat(Waiting.await(witness.tryOpen("other", new TailFrom.Lines(10), true)))
                .isNotNull();
        Promise<Void> held = Promise.promise();
        slow.logsWait = held.future();
        real.run("p-web-1", labels("1"), "echo one; sleep 1000");
        reader.awaitState(LogStateKind.FOLLOWING);
        real.docker("rm", "--force", "p-web-1");
        real.run("other", "sleep 1000");
        witness.awaitState(LogStateKind.FOLLOWING);

        held.complete();

        reader.awaitState(LogStateKind.REMOVED);
        assertThat(reader.texts()).isEmpty();
    }
}
