package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;

import static org.assertj.core.api.Assertions.assertThat;

/** A container is removed, and its log with it, before a slow reader has read all of it. No pause is trusted. */
@OnRealEngine
class RemovedUnreadTest extends LogsOnRealEngine {

    private static final int WRITTEN = 30_000;

    RemovedUnreadTest(TestEngine real) {
        super(real);
    }

    @Override
    public TailLimits limits() {
        return new TailLimits(super.limits().lines(), Duration.ofMinutes(2), Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(
            value = BatchTaken.Verdict.class,
            names = {"CONTINUE", "JUMP"})
    void unreadLinesOfARemovedContainerAreAGap(BatchTaken.Verdict next) {
        real.run("web", "mkfifo /tmp/go; read x < /tmp/go; seq 1 " + WRITTEN + "; sleep 1000");
        TestReader reader = reader();
        Promise<BatchTaken> held = Promise.promise();
        reader.verdict = batch -> batch.sequence() == 2 ? held.future() : Future.succeededFuture(BatchTaken.CONTINUE);
        reader.open("web", 1);
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        reader.await("the third batch", () -> reader.batches.size() == 3);
        awaitStored("web", Integer.toString(WRITTEN));
        real.docker("rm", "--force", "web");
        held.complete(new BatchTaken(next));
        reader.awaitState(LogStateKind.REMOVED);

        assertThat(reader.seen()).endsWith("<gap removed>", "<removed>");
        List<Integer> got = reader.texts().stream().map(Integer::valueOf).toList();
        assertThat(got)
                .isEqualTo(IntStream.rangeClosed(1, got.getLast()).boxed().toList());
        assertThat(got.getLast()).isLessThan(WRITTEN);
        TailMark.Gap gap = reader.gap();
        LogBatch lastLines = reader.batches.stream()
                .filter(batch -> !batch.lines().isEmpty())
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(gap.from()).isEqualTo(lastLines.cursor());
    }
}
