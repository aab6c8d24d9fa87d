package io.dockrelay.controller.logs.tail;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine rotates a log under a tail. */
@OnRealEngine
class RotationTest extends LogsOnRealEngine {

    /** More lines than the batches hold, then many times what the engine keeps. */
    private static final String TWO_FLOODS = "mkfifo /tmp/go; read x < /tmp/go; seq 1 12000; read x < /tmp/go;"
            + " seq 12001 80000; echo end; sleep 1000";

    private static final String FLOOD = "mkfifo /tmp/go; read x < /tmp/go; seq 1 60000; echo end; sleep 1000";

    RotationTest(TestEngine real) {
        super(real);
    }

    @Test
    void rotationLosesNothingWhenTheReaderKeepsUp() {
        String script = "i=0; while [ $i -lt 4000 ]; do i=$((i+1)); echo $i; [ $((i % 20)) = 0 ] && usleep 10000; done";
        real.run("web", script + "; sleep 1000", "--log-opt", "max-size=40k", "--log-opt", "max-file=5");
        TestReader reader = reader().open("web", 10_000);
        reader.awaitText("4000");
        assertThat(reader.seen()).noneMatch(text -> text.startsWith("<"));
        assertThat(Ranges.of(numbers(reader.batches))).isEqualTo("1-4000");
        assertThat(page(ReadLogs.newest("web", 5_000)).lines().count()).isLessThan(3_000);
    }

    /** Several files are gone before the reader continues: the engine's own stream would skip them without a sign. */
    @Test
    void linesRotatedAwayDuringAPauseAreAGapWithBothEnds() {
        real.run("web", TWO_FLOODS, "--log-opt", "max-size=1m", "--log-opt", "max-file=2");
        TestReader reader = reader();
        Promise<BatchTaken> held = Promise.promise();
        reader.verdict = batch -> batch.sequence() == 3 ? held.future() : Future.succeededFuture(BatchTaken.CONTINUE);
        reader.open("web", 1);
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        reader.await("the fourth batch", () -> reader.batches.size() == 4);
        awaitStored("web", "12000");
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        awaitStored("web", "end");
        // An answer may take 4 s; this pause is longer than the trusted one.
        vertx.setTimer(1_500, late -> held.complete(BatchTaken.CONTINUE));
        reader.awaitText("end");

        List<LogBatch> withGap = reader.batches.stream()
                .filter(batch -> batch.marks().stream().anyMatch(TailMark.Gap.class::isInstance))
                .toList();
        assertThat(withGap).hasSize(1);
        var gap = (TailMark.Gap) withGap.getFirst().marks().getFirst();
        assertThat(gap.reason()).isEqualTo(GapReason.ROTATED);
        assertThat(gap.to()).isEqualTo(withGap.getFirst().first());
        int at = reader.batches.indexOf(withGap.getFirst());
        assertThat(gap.from()).isEqualTo(reader.batches.get(at - 1).cursor());
        List<Integer> before = numbers(reader.batches.subList(0, at));
        assertThat(Ranges.of(before)).isEqualTo("1-" + before.size());
        assertThat(before.size()).isLessThan(12_000);
        List<Integer> after = numbers(reader.batches.subList(at, reader.batches.size()));
        assertThat(Ranges.of(after)).isEqualTo((80_000 - MAX_LINES + 2) + "-80000");
        assertThat(reader.batches)
                .allSatisfy(batch -> assertThat(batch.lines().size()).isLessThanOrEqualTo(FrameLimits.MAX_BYTES));
    }

    @Test
    void resumeAfterRotationReportsGapAndSendsNewest() {
        real.run("web", FLOOD, "--log-opt", "max-size=20k", "--log-opt", "max-file=3");
        TestReader first = reader();
        first.verdict = batch -> Future.succeededFuture(batch.sequence() > 0 ? BatchTaken.CLOSE : BatchTaken.CONTINUE);
        first.open("web", 1);
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        awaitTails(0);
        awaitStored("web", "end");
        String cursor = first.batches.getLast().cursor();
        TestReader back = reader();
        io.dockrelay.controller.testing.Waiting.await(back.tryOpen("web", new TailFrom.After(cursor), true));
        back.awaitText("end");
        LogBatch snapshot = back.batches.getFirst();
        LogPage all = page(ReadLogs.newest("web", 5_000));
        assertThat(snapshot.resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(snapshot.marks()).containsExactly(new TailMark.Gap(GapReason.ROTATED, cursor, all.first(), null));
        assertThat(snapshot.lines()).isEqualTo(all.lines());
        assertThat(snapshot.first()).isEqualTo(all.first());
    }

    private static List<Integer> numbers(List<LogBatch> batches) {
        List<Integer> numbers = new ArrayList<>();
        for (LogBatch batch : batches) {
            for (String line : batch.lines().lines()) {
                String text = line.substring(DockerTimestamp.LENGTH);
                if (!text.equals("end")) {
                    numbers.add(Integer.valueOf(text));
                }
            }
        }
        return numbers;
    }
}
