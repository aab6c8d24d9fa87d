package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.EntryDecoder;
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

    private final OutgoingBatches outbox = new OutgoingBatches();
    private final TailMark stopped = new TailMark.State(LogStateKind.STOPPED, "c", StoredLog.BEGIN, null);

    OutgoingBatchesTest() {
        outbox.begin(StoredLog.ID, null);
    }

    private LogBatch next() {
        return outbox.next(1, "web");
    }

    @Test
    void nothingReadIsNothingToSend() {
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(next()).isNull();
        assertThat(outbox.cursor()).isNull();
    }

    @Test
    void parcelsHaveAtMostSoManyLines() {
        write(600, "x");
        List<Integer> counts = new ArrayList<>();
        for (var parcel = next(); parcel != null; parcel = next()) {
            counts.add(parcel.lines().count());
        }
        assertThat(counts).containsExactly(256, 256, 88);
    }

    @Test
    void parcelsAreCutBeforeSixtyKibibytes() {
        write(100, "x".repeat(1000));
        assertThat(next().lines().size()).isBetween(59 * 1024, 60 * 1024);
    }

    @Test
    void aLineThatIsTooLongForAParcelIsAloneInOne() {
        var log = new StoredLog().line(0, 'o', "a").line(1, 'o', "b");
        log.line(2, 'o', "x".repeat(70_000)).line(3, 'o', "c").line(4, 'o', "y".repeat(61_400));
        log.line(5, 'o', "z".repeat(5_000)).line(6, 'o', "d");
        feed(log, outbox);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int at = 0;
        for (int count : List.of(2, 1, 1, 1, 2)) {
            var parcel = next();
            assertThat(parcel.lines().count()).isEqualTo(count);
            assertThat(parcel.first()).isEqualTo(all.get(at).cursor().encode());
            at += count;
            assertThat(parcel.cursor()).isEqualTo(all.get(at - 1).cursor().encode());
        }
        assertThat(next()).isNull();
    }

    @Test
    void aPageIsCutIntoParcelsBehindItsMark() {
        var log = new StoredLog();
        for (int i = 0; i < 600; i++) {
            log.line(i, 'o', "line " + i);
        }
        var ring = new LineWindow(1000, PageQuery.MAX_BYTES);
        feed(log, ring::push);
        LineWindow.Page page = ring.take(StoredLog.ID);
        outbox.mark(stopped);
        outbox.begin(StoredLog.ID, page.last());
        outbox.lines(page);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int at = 0;
        for (int count : List.of(256, 256, 88)) {
            var parcel = next();
            assertThat(parcel.marks()).isEqualTo(at == 0 ? List.of(stopped) : List.of());
            assertThat(parcel.lines().count()).isEqualTo(count);
            assertThat(parcel.first()).isEqualTo(all.get(at).cursor().encode());
            at += count;
            assertThat(parcel.cursor()).isEqualTo(all.get(at - 1).cursor().encode());
        }
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void itIsFullAtAQuarterMebibyteAndEmptiesInParcels() {
        write(200, "x".repeat(1000));
        assertThat(outbox.isFull()).isFalse();
        write(100, "x".repeat(1000));
        assertThat(outbox.isFull()).isTrue();
        var first = next();
        assertThat(first.cursor()).isNotEqualTo(outbox.cursor());
        assertThat(outbox.isFull()).isFalse();
    }

    @Test
    void marksKeepTheirPlaceBetweenLines() {
        write(2, "before");
        outbox.mark(stopped);
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
    void aMarkAloneIsAParcelToo() {
        outbox.mark(stopped);
        assertThat(next().marks()).containsExactly(stopped);
    }

    @Test
    void marksSurviveWhatIsPassedOver() {
        write(300, "x");
        outbox.mark(stopped);
        write(1, "y");
        outbox.mark(new TailMark.Gap(GapReason.ROTATED, "c8", "c9", null));
        assertThat(outbox.dropLines("c7")).isTrue();
        var parcel = next();
        assertThat(parcel.marks()).containsExactly(stopped);
        assertThat(parcel.lines().isEmpty()).isTrue();
        assertThat(parcel.cursor()).isEqualTo("c7");
        assertThat(outbox.dropLines("c7")).isFalse();
        assertThat(next()).isNull();
        assertThat(outbox.isFull()).isFalse();
    }

    @Test
    void anotherContainerBeginsAtItsBeginning() {
        write(1, "x");
        String before = outbox.cursor();
        outbox.begin("ba9876543210", null);
        assertThat(outbox.resumeFrom()).isNull();
        assertThat(outbox.cursor()).isEqualTo(before);
        write(1, "y");
        assertThat(next().cursor()).isEqualTo(before);
        assertThat(outbox.resumeFrom().containerId()).isEqualTo("ba9876543210");
    }

    @Test
    void theMarkOfANewRunStandsBeforeItsFirstLine() {
        Instant start = StoredLog.BEGIN.plusNanos(1_500);
        var restarted = new TailMark.State(LogStateKind.RESTARTED, "c", start, null);
        var boundary = new RestartMarker(outbox);
        boundary.expect(restarted, start);
        var log = new StoredLog()
                .line(0, 'o', "old")
                .line(1_000, 'o', "older run")
                .line(2_000, 'o', "new run");
        feed(log, boundary);
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
        feed(log, outbox);
    }

    private static void feed(StoredLog log, Line.Sink sink) {
        EntryDecoder.of(false, new EntryReader(true, new LineJoiner(false, sink)))
                .feed(log.bytes(0, false));
    }
}
