package io.dockrelay.controller.logs.tail;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.rotation.RotationFaults;
import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.protocol.logs.Cursor;

import static org.assertj.core.api.Assertions.assertThat;

class ResumeFilterTest {

    /** For each window, the filter passes on exactly what follows the cursor, or reports that the cursor was missed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyCursorIsFoundExactlyOrReportedMissed(long seed) {
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyCursorIsFoundFromTheBeginningOfTheStore(long seed) {
        var log = StoredLog.random(seed, 60);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        for (int line = 0; line < all.size(); line++) {
            var read = new ReadLines();
            var filter = run(log, 0, true, all.get(line).cursor(), -1, read);
            assertThat(filter.state()).isEqualTo(ResumeFilter.State.FOUND);
            assertThat(rows(read.lines)).isEqualTo(rows(all.subList(line + 1, all.size())));
        }
    }

    /** The clock is set back by an hour, and the same times occur again. */
    @Test
    void clockThatIsSetBackLosesAndRepeatsNothing() {
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
    void terminalLogIsResumed() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 20_000_000L, 'o', i % 5 == 0 ? "a".repeat(40_000) : "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, true).lines;
        var read = new ReadLines();
        var filter = filter(all.get(24).cursor(), 1000, -1, new LineJoiner(true, read));
        var decoder = EntryDecoderFactory.create(true, new EntryReader(false, filter));
        decoder.feed(log.bytes(12, true));
        assertThat(filter.state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).hasSize(5).last().isEqualTo("line 29");
    }

    /** As the engine's follower does when a log rotates. */
    @Test
    void streamThatStartsAFileAgainIsDoubtedAtTheFirstRepeat() {
        var log = new StoredLog();
        for (int i = 0; i < 20; i++) {
            log.line(i * 1_000L, i % 4 == 3 ? 'e' : 'o', "line " + i);
        }
        for (int again : new int[] {10, 18}) {
            var read = new ReadLines();
            var check =
                    new RotationGuard(1_000_000, RotationFaults.ALL).newStream(null, 0, new LineJoiner(false, read));
            var decoder = EntryDecoderFactory.create(false, new EntryReader(true, check));
            decoder.feed(log.bytes(0, false));
            assertThat(check.isDoubtful()).isFalse();
            decoder.feed(log.bytes(again, false));
            assertThat(check.isDoubtful()).isTrue();
            assertThat(read.texts()).hasSize(20).last().isEqualTo("line 19");
        }
    }

    @Test
    void cursorBeforeTheWindowIsMissed() {
        var log = new StoredLog();
        for (int i = 0; i < 100; i++) {
            log.line(i * 20_000_000L, 'o', "line " + i);
        }
        Cursor cursor = ReadLines.of(log, false).lines.get(10).cursor();
        var filter = filter(cursor, 64, -1, new LineJoiner(false, new ReadLines()));
        EntryDecoderFactory.create(false, new EntryReader(false, filter)).feed(log.bytes(36, false));
        assertThat(filter.state()).isEqualTo(ResumeFilter.State.MISSED);
    }

    /** Its entry was deleted after it was located, and the few new lines would not fill the window for minutes. */
    @Test
    void cursorIsMissedAtTheFirstEntryThatIsClearlyNewer() {
        assertThat(searchedWithout(11)).isEqualTo(ResumeFilter.State.SEARCHING);
        assertThat(searchedWithout(12)).isEqualTo(ResumeFilter.State.MISSED);
    }

    /** Stdout and stderr. */
    @Test
    void cursorAfterALittleNewerEntryIsFound() {
        var log = new StoredLog()
                .line(0, 'o', "first")
                .line(900_000_000, 'e', "newer")
                .line(50, 'o', "cursor");
        log.line(2_000_000_000L, 'o', "next");
        Cursor cursor = ReadLines.of(log, false).lines.get(2).cursor();
        var read = new ReadLines();
        var filter = filter(cursor, new WindowSearch.Window(64, -1, 0, true), new LineJoiner(false, read));
        EntryDecoderFactory.create(false, new EntryReader(true, filter)).feed(log.bytes(0, false));
        assertThat(filter.state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).containsExactly("next");
    }

    @Test
    void lineFlushedAtTheEndOfTheLogIsNotRepeated() {
        var log = new StoredLog().line(0, 'o', "x").entry(1, 'o', "z".repeat(LogEntry.FULL_CHUNK), false);
        Cursor cursor = ReadLines.of(log, false).lines.getLast().cursor();
        log.line(5_000_000_000L, 'o', "next run");
        var read = new ReadLines();
        var filter = run(log, 0, true, cursor, -1, read);
        assertThat(filter.state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).containsExactly("next run");
    }

    @Test
    void firstEntryIsFoundWhenItsIndexIsKnown() {
        var log = new StoredLog().line(0, 'o', "only").line(1, 'o', "new");
        Cursor cursor = ReadLines.of(log, false).lines.getFirst().cursor();
        assertThat(run(log, 0, false, cursor, -1, new ReadLines()).state()).isEqualTo(ResumeFilter.State.MISSED);
        var read = new ReadLines();
        assertThat(run(log, 0, false, cursor, 0, read).state()).isEqualTo(ResumeFilter.State.FOUND);
        assertThat(read.texts()).containsExactly("new");
    }

    /** In a log of ten lines per second, of which the first one is the cursor's and deleted. */
    private static ResumeFilter.State searchedWithout(int lines) {
        var log = new StoredLog();
        for (int i = 0; i < lines; i++) {
            log.line(i * 100_000_000L, i % 3 == 0 ? 'e' : 'o', "line " + i);
        }
        Cursor cursor = ReadLines.of(log, false).lines.getFirst().cursor();
        var window = new WindowSearch.Window(5_000, -1, 0, true);
        var filter = filter(cursor, window, new LineJoiner(false, new ReadLines()));
        EntryDecoderFactory.create(false, new EntryReader(false, filter)).feed(log.bytes(1, false));
        return filter.state();
    }

    private static int resume(StoredLog log, int from, List<ReadLines.Read> all, int line) {
        var read = new ReadLines();
        var filter = run(log, from, false, all.get(line).cursor(), -1, read);
        if (filter.state() != ResumeFilter.State.FOUND) {
            return 0;
        }
        assertThat(rows(read.lines)).isEqualTo(rows(all.subList(line + 1, all.size())));
        return 1;
    }

    /** Without ordinals, which count from the start of the window where they need not be exact. */
    private static List<String> rows(List<ReadLines.Read> lines) {
        return lines.stream().map(line -> line.stream() + line.brief()).toList();
    }

    private static ResumeFilter run(
            StoredLog log, int from, boolean storeStart, Cursor cursor, long knownIndex, Line.Sink sink) {
        var filter = filter(cursor, Integer.MAX_VALUE, knownIndex, new LineJoiner(false, sink));
        var decoder = EntryDecoderFactory.create(false, new EntryReader(storeStart, filter));
        decoder.feed(log.bytes(from, false));
        decoder.end();
        filter.end();
        return filter;
    }

    private static ResumeFilter filter(Cursor cursor, int entries, long knownIndex, LineJoiner joiner) {
        return filter(cursor, new WindowSearch.Window(entries, knownIndex, 0, false), joiner);
    }

    private static ResumeFilter filter(Cursor cursor, WindowSearch.Window window, LineJoiner joiner) {
        return new ResumeFilter(cursor, window, joiner, joiner);
    }
}
