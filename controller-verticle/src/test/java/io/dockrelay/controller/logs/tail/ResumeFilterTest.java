package io.dockrelay.controller.logs.tail;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.rotation.RotationHistory;
import io.dockrelay.protocol.logs.Cursor;

import static org.assertj.core.api.Assertions.assertThat;

class ResumeFilterTest {

    /** Whatever the window: either exactly what follows the cursor, or the honest word that it is not far enough. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyCursorIsFoundExactlyOrNotAtAll(long seed) {
        var log = StoredLog.random(seed, 40);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int found = 0;
        for (int line = 0; line < all.size(); line++) {
            for (int from = 0; from < log.size(); from += 1 + from / 3) {
                found += resume(log, from, all, line);
            }
        }
        assertThat(found).isGreaterThan(all.size() / 2);
    }

    /** Read from the store's beginning, every cursor is found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void fromTheBeginningEveryCursorIsFound(long seed) {
        var log = StoredLog.random(seed, 60);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        for (int line = 0; line < all.size(); line++) {
            var read = new ReadLines();
            var search = run(log, 0, true, all.get(line).cursor(), -1, read);
            assertThat(search.state()).isEqualTo(ResumeFilter.State.FOUND);
            assertThat(rows(read.lines)).isEqualTo(rows(all.subList(line + 1, all.size())));
        }
    }

    /** The clock is set back by an hour, and the same times come again. */
    @Test
    void aClockThatIsSetBackLosesAndRepeatsNothing() {
        var log = new StoredLog();
        long hour = 3_600_000_000_000L;
        for (int i = 0; i < 120; i++) {
            long nanos = hour + i * 20_000_000L - (i < 40 ? 0 : i < 80 ? hour : hour / 2);
            log.line(nanos, i % 3 == 0 ? 'e' : 'o', i % 7 == 0 ? "same" : "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int found = 0;
        for (int line = 0; line < all.size(); line++) {
            for (int from = 0; from < log.size(); from += 5) {
                found += resume(log, from, all, line);
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void aTerminalsLogIsResumedToo() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 20_000_000L, 'o', i % 5 == 0 ? "a".repeat(40_000) : "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, true).lines;
        var read = new ReadLines();
        var search = new ResumeFilter(all.get(24).cursor(), 1000, -1, true, read);
        var decoder = EntryDecoder.of(true, new EntryReader(false, search));
        decoder.feed(log.bytes(12, true));
        assertThat(search.state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).hasSize(5).last().isEqualTo("line 29");
    }

    /** As an engine's follower does when a log rotates. */
    @Test
    void aStreamThatBeginsAFileAgainIsNoticedAtItsFirstRepeat() {
        var log = new StoredLog();
        for (int i = 0; i < 20; i++) {
            log.line(i * 1_000L, i % 4 == 3 ? 'e' : 'o', "line " + i);
        }
        for (int again : new int[] {10, 18}) {
            var read = new ReadLines();
            var search = new ResumeFilter(null, 64, -1, false, read);
            var onward = new RotationGuard(search, search::isFound, RotationHistory.of(1_000_000), null, 0);
            var decoder = EntryDecoder.of(false, new EntryReader(true, onward));
            decoder.feed(log.bytes(0, false));
            assertThat(onward.doubtful()).isFalse();
            decoder.feed(log.bytes(again, false));
            assertThat(onward.doubtful()).isTrue();
            assertThat(read.texts()).hasSize(20).last().isEqualTo("line 19");
        }
    }

    @Test
    void aWindowThatIsTooSmallIsNoticed() {
        var log = new StoredLog();
        for (int i = 0; i < 100; i++) {
            log.line(i * 20_000_000L, 'o', "line " + i);
        }
        Cursor cursor = ReadLines.of(log, false).lines.get(10).cursor();
        var search = new ResumeFilter(cursor, 64, -1, false, new ReadLines());
        EntryDecoder.of(false, new EntryReader(false, search)).feed(log.bytes(36, false));
        assertThat(search.state()).isEqualTo(ResumeFilter.State.MISSED);
    }

    @Test
    void whatWasFlushedAtTheEndIsNotRepeated() {
        var log = new StoredLog().line(0, 'o', "x").entry(1, 'o', "z".repeat(LogEntry.FULL_CHUNK), false);
        Cursor cursor = ReadLines.of(log, false).lines.getLast().cursor();
        log.line(5_000_000_000L, 'o', "next run");
        var read = new ReadLines();
        var search = run(log, 0, true, cursor, -1, read);
        assertThat(search.state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).containsExactly("next run");
    }

    @Test
    void theFirstEntryOfAKnownPlaceIsCertain() {
        var log = new StoredLog().line(0, 'o', "only").line(1, 'o', "new");
        Cursor cursor = ReadLines.of(log, false).lines.getFirst().cursor();
        assertThat(run(log, 0, false, cursor, -1, new ReadLines()).state()).isEqualTo(ResumeFilter.State.MISSED);
        var read = new ReadLines();
        assertThat(run(log, 0, false, cursor, 0, read).state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).containsExactly("new");
    }

    private static int resume(StoredLog log, int from, List<ReadLines.Read> all, int line) {
        var read = new ReadLines();
        var search = run(log, from, false, all.get(line).cursor(), -1, read);
        if (search.state() != ResumeFilter.State.FOUND) {
            return 0;
        }
        assertThat(rows(read.lines)).isEqualTo(rows(all.subList(line + 1, all.size())));
        return 1;
    }

    /** Without their ordinals, which count from the window's start when nobody needs them to be exact. */
    private static List<String> rows(List<ReadLines.Read> lines) {
        return lines.stream().map(line -> line.stream() + line.brief()).toList();
    }

    private static ResumeFilter run(
            StoredLog log, int from, boolean storeStart, Cursor cursor, long knownIndex, Line.Sink sink) {
        var search = new ResumeFilter(cursor, Long.MAX_VALUE, knownIndex, false, sink);
        var decoder = EntryDecoder.of(false, new EntryReader(storeStart, search));
        decoder.feed(log.bytes(from, false));
        decoder.end();
        search.end();
        return search;
    }
}
