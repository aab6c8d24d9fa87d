package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;

import static org.assertj.core.api.Assertions.assertThat;

class OutgoingBatchesTest {

    private final OutgoingBatches batches = new OutgoingBatches();
    private final TailMark stopped = new TailMark.State(LogStateKind.STOPPED, "c", StoredLog.BEGIN, null);

    OutgoingBatchesTest() {
        batches.begin(StoredLog.ID, null);
        batches.name("web");
    }

    private LogBatch next() {
        return batches.next(1);
    }

    @Test
    void isEmptyBeforeTheFirstLine() {
        assertThat(batches.isEmpty()).isTrue();
        assertThat(next()).isNull();
        assertThat(batches.cursor()).isNull();
    }

    @Test
    void batchHasAtMost256Lines() {
        write(600, "x");
        List<Integer> counts = new ArrayList<>();
        for (var batch = next(); batch != null; batch = next()) {
            counts.add(batch.lines().count());
        }
        assertThat(counts).containsExactly(256, 256, 88);
    }

    @Test
    void batchIsCutBefore60Kibibytes() {
        write(100, "x".repeat(1000));
        assertThat(next().lines().size()).isBetween(59 * 1024, 60 * 1024);
    }

    @Test
    void lineTooLongForABatchIsAloneInOne() {
        var log = new StoredLog().line(0, 'o', "a").line(1, 'o', "b");
        log.line(2, 'o', "x".repeat(70_000)).line(3, 'o', "c").line(4, 'o', "y".repeat(61_400));
        log.line(5, 'o', "z".repeat(5_000)).line(6, 'o', "d");
        feed(log, batches);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int at = 0;
        for (int count : List.of(2, 1, 1, 1, 2)) {
            var batch = next();
            assertThat(batch.lines().count()).isEqualTo(count);
            assertThat(batch.first()).isEqualTo(all.get(at).cursor().encode());
            at += count;
            assertThat(batch.cursor()).isEqualTo(all.get(at - 1).cursor().encode());
        }
        assertThat(next()).isNull();
    }

    @Test
    void pageIsCutIntoBatchesAfterItsMark() {
        var log = new StoredLog();
        for (int i = 0; i < 600; i++) {
            log.line(i, 'o', "line " + i);
        }
        var window = new LineWindow(1000, PageQuery.MAX_BYTES);
        feed(log, window::push);
        LineWindow.Page page = window.take(StoredLog.ID);
        batches.mark(stopped);
        batches.begin(StoredLog.ID, page.last());
        batches.lines(page);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int at = 0;
        for (int count : List.of(256, 256, 88)) {
            var batch = next();
            assertThat(batch.marks()).isEqualTo(at == 0 ? List.of(stopped) : List.of());
            assertThat(batch.lines().count()).isEqualTo(count);
            assertThat(batch.first()).isEqualTo(all.get(at).cursor().encode());
            at += count;
            assertThat(batch.cursor()).isEqualTo(all.get(at - 1).cursor().encode());
        }
        assertThat(batches.isEmpty()).isTrue();
    }

    @Test
    void isFullAt256KibibytesUntilABatchIsTaken() {
        write(200, "x".repeat(1000));
        assertThat(batches.isFull()).isFalse();
        write(100, "x".repeat(1000));
        assertThat(batches.isFull()).isTrue();
        var first = next();
        assertThat(first.cursor()).isNotEqualTo(batches.cursor());
        assertThat(batches.isFull()).isFalse();
    }

    @Test
    void marksKeepTheirPlaceBetweenLines() {
        write(2, "before");
        batches.mark(stopped);
        write(1, "after");
        var first = next();
        assertThat(first.marks()).isEmpty();
        assertThat(first.lines().count()).isEqualTo(2);
        var second = next();
        assertThat(second.marks()).containsExactly(stopped);
        assertThat(second.lines().count()).isEqualTo(1);
        assertThat(next()).isNull();
    }

    @Test
    void markWithoutLinesIsABatch() {
        batches.mark(stopped);
        assertThat(next().marks()).containsExactly(stopped);
    }

    @Test
    void droppingLinesKeepsMarksOtherThanGaps() {
        write(300, "x");
        batches.mark(stopped);
        write(1, "y");
        batches.mark(new TailMark.Gap(GapReason.ROTATED, "c8", "c9", null));
        batches.delivered("c7");
        assertThat(batches.dropLines()).isTrue();
        var batch = next();
        assertThat(batch.marks()).containsExactly(stopped);
        assertThat(batch.lines().isEmpty()).isTrue();
        assertThat(batch.cursor()).isEqualTo("c7");
        assertThat(batches.dropLines()).isFalse();
        assertThat(next()).isNull();
        assertThat(batches.isFull()).isFalse();
    }

    @Test
    void newContainerIsReadFromItsBeginning() {
        write(1, "x");
        String before = batches.cursor();
        batches.begin("ba9876543210", null);
        assertThat(batches.resumeFrom()).isNull();
        assertThat(batches.cursor()).isEqualTo(before);
        write(1, "y");
        assertThat(next().cursor()).isEqualTo(before);
        assertThat(batches.resumeFrom().containerId()).isEqualTo("ba9876543210");
    }

    @Test
    void markOfANewRunPrecedesItsFirstLine() {
        Instant start = StoredLog.BEGIN.plusNanos(1_500);
        var restarted = new TailMark.State(LogStateKind.RESTARTED, "c", start, null);
        var marker = new RestartMarker(batches);
        marker.expect(restarted, start);
        var log = new StoredLog()
                .line(0, 'o', "old")
                .line(1_000, 'o', "older run")
                .line(2_000, 'o', "new run");
        feed(log, marker);
        assertThat(next().lines().count()).isEqualTo(2);
        var second = next();
        assertThat(second.marks()).containsExactly(restarted);
        assertThat(second.lines().lines().getFirst()).endsWith("new run");
    }

    private void write(int lines, String text) {
        var log = new StoredLog();
        for (int i = 0; i < lines; i++) {
            log.line(i, 'o', text);
        }
        feed(log, batches);
    }

    private static void feed(StoredLog log, Line.Sink sink) {
        EntryDecoderFactory.create(false, new EntryReader(true, new LineJoiner(false, sink)))
                .feed(log.bytes(0, false));
    }
}
