package io.dockrelay.controller.logs.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.tail.ReadLines;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.wire.LogQueries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PageCollectorTest {

    private static final int WHOLE = 0;
    private static final List<Anchor> ANCHORS = List.of(Anchor.values());

    /** Each anchor, limit and window of many logs, compared with the same lines of the whole log. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void pageIsExactOrAsksForALargerRead(long seed) {
        var random = new Random(seed);
        var log = StoredLog.random(seed, 80);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int enough = 0;
        for (int i = 0; i < 150; i++) {
            int line = random.nextInt(all.size());
            Anchor anchor = ANCHORS.get(random.nextInt(ANCHORS.size()));
            int limit = 1 + random.nextInt(20);
            int from = random.nextInt(3) == 0 ? WHOLE : random.nextInt(log.size());
            enough += check(log, all, anchor, line, limit, from) ? 1 : 0;
        }
        assertThat(enough).isGreaterThan(50);
    }

    @Test
    void pagesOfALogWhoseClockWasSetBackAreExact() {
        var log = new StoredLog();
        for (int i = 0; i < 120; i++) {
            log.line((i < 60 ? 3_600_000_000_000L : 0) + i * 20_000_000L, 'o', "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        int enough = 0;
        for (int line = 0; line < all.size(); line += 3) {
            for (Anchor anchor : ANCHORS) {
                enough += check(log, all, anchor, line, 10, Math.max(0, line - 40)) ? 1 : 0;
            }
        }
        assertThat(enough).isGreaterThan(100);
    }

    @Test
    void momentSplitsTheStoreInTwo() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 1000L, i % 2 == 0 ? 'o' : 'e', "line " + i);
        }
        String moment = StoredLog.stamp(StoredLog.BEGIN.plusNanos(10_000));
        assertThat(texts(page(log, WHOLE, new ReadLogs("c", Anchor.BEFORE, moment, null, null, 3))))
                .containsExactly("line 7", "line 8", "line 9");
        assertThat(texts(page(log, WHOLE, new ReadLogs("c", Anchor.THROUGH, moment, null, null, 3))))
                .containsExactly("line 8", "line 9", "line 10");
        assertThat(texts(page(log, WHOLE, new ReadLogs("c", Anchor.AFTER, moment, null, null, 3))))
                .containsExactly("line 11", "line 12", "line 13");
        assertThat(texts(page(log, WHOLE, new ReadLogs("c", Anchor.AROUND, moment, null, null, 4))))
                .containsExactly("line 8", "line 9", "line 10", "line 11");
    }

    /** Two lines of many logs: the page ends with the second one when that comes after the first, and has no bound otherwise. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pageThroughALineEndsWithItOrHasNoEnd(long seed) {
        var random = new Random(seed);
        var log = StoredLog.random(seed, 80);
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        for (int i = 0; i < 150; i++) {
            int after = random.nextInt(all.size());
            int through = random.nextInt(all.size());
            int limit = 1 + random.nextInt(60);
            String position = all.get(after).cursor().encode();
            String end = all.get(through).cursor().encode();
            PageCollector scan = page(log, WHOLE, ReadLogs.between("c", position, end, limit));
            int bound = through > after ? through + 1 : all.size();
            int to = Math.min(bound, after + 1 + limit);
            LineWindow.Page page = scan.after().take(StoredLog.ID);
            assertThat(page.lines().lines())
                    .isEqualTo(all.subList(after + 1, to).stream()
                            .map(ReadLines.Read::text)
                            .toList());
            assertThat(page.cursor())
                    .isEqualTo(to > after + 1 ? all.get(to - 1).cursor().encode() : null);
            assertThat(scan.moreAfter() || page.dropped()).isEqualTo(to < bound);
            assertThat(scan.missedEnd()).isFalse();
        }
    }

    /** With a time as its end, a page has nothing more when it has all lines before that time. */
    @Test
    void pageThatEndsAtAMomentHasNoMoreLines() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 1000L, 'o', "line " + i);
        }
        String from = StoredLog.stamp(StoredLog.BEGIN.plusNanos(10_000));
        String to = StoredLog.stamp(StoredLog.BEGIN.plusNanos(14_000));

        PageCollector whole = page(log, WHOLE, between(from, to, 100));
        assertThat(texts(whole)).containsExactly("line 11", "line 12", "line 13");
        assertThat(whole.moreAfter()).isFalse();
        assertThat(whole.done()).isTrue();

        PageCollector first = page(log, WHOLE, between(from, to, 2));
        assertThat(texts(first)).containsExactly("line 11", "line 12");
        assertThat(first.moreAfter()).isTrue();

        assertThat(PageQuery.of(between(to, from, 2)).isEmpty()).isTrue();
        assertThat(PageQuery.of(between(from, from, 2)).isEmpty()).isTrue();
        assertThat(PageQuery.of(between(from, to, 2)).isEmpty()).isFalse();
    }

    /** An end that was not read before the anchor is searched in the rest of the store, and then its time ends the page. */
    @Test
    void pageWhoseEndPrecedesItsReadMissesItsEnd() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 1000L, 'o', "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        Cursor before = all.get(5).cursor();
        ReadLogs inverted = between(all.get(20).cursor().encode(), before.encode(), 3);

        assertThat(page(log, 8, inverted).missedEnd()).isTrue();
        assertThat(page(log, 8, inverted).done()).isFalse();
        assertThat(PageQuery.of(inverted).endingByTime().until()).isEqualTo(before.timestamp());
    }

    @Test
    void pageWhoseEndPrecedesItsAnchorIsEmptyAndDone() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i < 10 ? i * 1000L : 10_000L, 'o', "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        for (int end : List.of(5, 15)) { // Earlier than the anchor, and of the same time.
            String before = all.get(end).cursor().encode();
            PageCollector page = page(log, WHOLE, between(all.get(20).cursor().encode(), before, 3));

            assertThat(texts(page)).isEmpty();
            assertThat(page.done()).isTrue();
            assertThat(page.moreAfter()).isFalse();
            assertThat(page.missedEnd()).isFalse();
        }
        String moment = StoredLog.stamp(StoredLog.BEGIN.plusNanos(7_000));
        PageCollector afterMoment =
                page(log, WHOLE, between(moment, all.get(5).cursor().encode(), 3));
        assertThat(texts(afterMoment)).isEmpty();
        assertThat(afterMoment.done()).isTrue();
    }

    @Test
    void pageThatEndsWhereItBeginsIsEmptyAndDone() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 1000L, 'o', "line " + i);
        }
        String position = ReadLines.of(log, false).lines.get(10).cursor().encode();
        PageCollector page = page(log, WHOLE, between(position, position, 3));

        assertThat(texts(page)).isEmpty();
        assertThat(page.done()).isTrue();
        assertThat(page.moreAfter()).isFalse();
        assertThat(page.missedEnd()).isFalse();
    }

    /** A clock that was set back between the two puts the end's time before the anchor's. */
    @Test
    void endThatFollowsAtAnEarlierTimeIsFound() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line((i < 15 ? 1_000_000L : 0) + i * 1000L, 'o', "line " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        String from = all.get(10).cursor().encode();
        String to = all.get(20).cursor().encode();

        PageCollector first = page(log, WHOLE, between(from, to, 3));
        assertThat(texts(first)).containsExactly("line 11", "line 12", "line 13");
        assertThat(first.moreAfter()).isTrue();
        assertThat(first.missedEnd()).isFalse();

        PageCollector whole = page(log, WHOLE, between(from, to, 9));
        assertThat(texts(whole)).endsWith("line 19");
        assertThat(whole.moreAfter()).isFalse();
    }

    private static ReadLogs between(String after, String before, int limit) {
        return LogQueries.read("c", Map.of("after", after, "before", before, "limit", "" + limit)::get);
    }

    @Test
    void boundsAreExclusive() {
        var log = new StoredLog();
        for (int i = 0; i < 30; i++) {
            log.line(i * 1000L, 'o', "line " + i);
        }
        String since = StoredLog.stamp(StoredLog.BEGIN.plusNanos(10_000));
        String until = StoredLog.stamp(StoredLog.BEGIN.plusNanos(14_000));
        PageCollector scan = page(log, WHOLE, new ReadLogs("c", Anchor.NEWEST, null, since, until, 100));
        assertThat(scan.sawOlder()).isTrue();
        assertThat(scan.moreAfter()).isTrue();
        assertThat(texts(scan)).containsExactly("line 11", "line 12", "line 13");
    }

    @Test
    void pageHoldsFourMebibytesAndAtLeastOneLine() {
        var log = new StoredLog();
        for (int i = 0; i < 12; i++) {
            log.line(i * 1000L, 'o', "x".repeat(1 << 20));
        }
        PageCollector scan = page(log, WHOLE, ReadLogs.newest("c", 100));
        LineWindow.Page page = scan.before().take(StoredLog.ID);
        assertThat(page.lines().count()).isEqualTo(3);
        assertThat(page.dropped()).isTrue();

        var hostile = new StoredLog().line(0, 'o', "\u0001".repeat(1 << 20));
        assertThat(texts(page(hostile, WHOLE, ReadLogs.newest("c", 100)))).hasSize(1);
    }

    @Test
    void nextPageContinuesWhereBytesEndedTheLast() {
        var log = new StoredLog();
        for (int i = 0; i < 40; i++) {
            log.line(i * 1000L, 'o', i % 4 == 3 ? "x".repeat(1_000_000 + i) : "short " + i);
        }
        List<ReadLines.Read> all = ReadLines.of(log, false).lines;
        List<String> read = new ArrayList<>();
        String cursor = all.getFirst().cursor().encode();
        boolean more = true;
        while (more) {
            PageCollector scan = page(log, WHOLE, new ReadLogs("c", Anchor.AFTER, cursor, null, null, 100));
            LineWindow.Page page = scan.after().take(StoredLog.ID);
            assertThat(page.lines().size()).isLessThanOrEqualTo(PageQuery.MAX_BYTES);
            read.addAll(page.lines().lines());
            more = page.dropped() || scan.moreAfter();
            cursor = page.last().encode();
        }
        assertThat(read)
                .isEqualTo(all.stream().skip(1).map(ReadLines.Read::text).toList());
    }

    @Test
    void windowThatStartsInsideALineReachesFurther() {
        var log = new StoredLog().line(0, 'o', "y".repeat(100_000)).line(1, 'o', "z");
        PageCollector scan = page(log, 3, ReadLogs.newest("c", 2));
        assertThat(scan.reachedFarEnough()).isFalse();
        assertThat(page(log, 3, ReadLogs.newest("c", 1)).reachedFarEnough()).isTrue();
    }

    @Test
    void windowThatStartsBetweenEqualEntriesReachesFurther() {
        var log = new StoredLog();
        for (int i = 0; i < 100; i++) {
            log.line(0, 'o', "same");
        }
        assertThat(page(log, 30, ReadLogs.newest("c", 2)).reachedFarEnough()).isFalse();
        assertThat(page(log, 0, ReadLogs.newest("c", 2)).reachedFarEnough()).isTrue();
    }

    @Test
    void invalidPositionIsRefused() {
        assertThatThrownBy(() -> PageQuery.of(new ReadLogs("c", Anchor.AFTER, "yesterday", null, null, 5)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("yesterday");
        assertThatThrownBy(() -> PageQuery.of(new ReadLogs("c", Anchor.NEWEST, null, "noon", null, 5)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("noon");
        assertThatThrownBy(() -> PageQuery.of(new ReadLogs("c", Anchor.BEFORE, null, null, null, 5)))
                .isInstanceOf(Refusal.class);
    }

    /** Whether the window reached far enough; in that case the page must be exact. */
    private static boolean check(
            StoredLog log, List<ReadLines.Read> all, Anchor anchor, int line, int limit, int from) {
        String position =
                anchor == Anchor.NEWEST ? null : all.get(line).cursor().encode();
        PageCollector scan = page(log, from, new ReadLogs("c", anchor, position, null, null, limit));
        if (from != WHOLE && !scan.reachedFarEnough()) {
            return false;
        }
        LineWindow.Page before = scan.before().take(StoredLog.ID);
        LineWindow.Page after = scan.after().take(StoredLog.ID);
        LineBlock lines = before.lines().concat(after.lines());
        int[] range = range(anchor, line, limit, all.size());
        List<ReadLines.Read> expected = all.subList(range[0], range[1]);
        assertThat(lines.lines())
                .isEqualTo(expected.stream().map(ReadLines.Read::text).toList());
        if (!lines.isEmpty()) {
            var first = before.first() == null ? after.first() : before.first();
            var last = after.last() == null ? before.last() : after.last();
            assertThat(first).isEqualTo(expected.getFirst().cursor().encode());
            assertThat(last).isEqualTo(expected.getLast().cursor());
        }
        assertThat(scan.moreAfter() || anchor == Anchor.NEWEST)
                .isEqualTo(range[1] < all.size() || anchor == Anchor.NEWEST);
        assertThat(before.dropped() || scan.sawOlder() || from != WHOLE).isEqualTo(range[0] > 0 || from != WHOLE);
        return true;
    }

    private static int[] range(Anchor anchor, int line, int limit, int size) {
        return switch (anchor) {
            case NEWEST -> new int[] {Math.max(0, size - limit), size};
            case THROUGH -> new int[] {Math.max(0, line + 1 - limit), line + 1};
            case BEFORE -> new int[] {Math.max(0, line - limit), line};
            case AFTER -> new int[] {line + 1, Math.min(size, line + 1 + limit)};
            case AROUND -> new int[] {Math.max(0, line - limit / 2), Math.min(size, line + limit - limit / 2)};
        };
    }

    private static PageCollector page(StoredLog log, int from, ReadLogs request) {
        var scan = new PageCollector(PageQuery.of(request), false, from == WHOLE);
        var decoder = EntryDecoderFactory.create(false, new EntryReader(from == WHOLE, scan));
        byte[] bytes = log.bytes(from, false);
        IntStream.iterate(0, at -> at < bytes.length && !scan.done(), at -> at + 1000)
                .forEach(
                        at -> decoder.feed(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1000))));
        decoder.end();
        scan.end();
        return scan;
    }

    private static List<String> texts(PageCollector scan) {
        LineBlock before = scan.before().take(StoredLog.ID).lines();
        return before.concat(scan.after().take(StoredLog.ID).lines()).lines().stream()
                .map(line -> line.substring(DockerTimestamp.LENGTH))
                .toList();
    }
}
