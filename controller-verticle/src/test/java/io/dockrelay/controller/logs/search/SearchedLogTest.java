package io.dockrelay.controller.logs.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.search.HitMerge;
import io.dockrelay.protocol.search.LineLevel;
import io.dockrelay.protocol.search.SearchBounds;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchItem.Hit;
import io.dockrelay.protocol.search.SearchPosition;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchTerm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Searches in random stored logs, whose lines are out of order, equal, long and cut, against the list of all lines. */
class SearchedLogTest {

    private static final int LINES = 300;

    /** Small tails, so that a log of some hundred lines is searched in several zones. */
    private static final List<Integer> TAILS = List.of(40, 160);

    /** The last log that was read from its beginning, and its bytes: to encode them takes longest. */
    private StoredLog encodedLog;

    private byte[] encoded;

    /** A line of the log. */
    private record Known(String text, String cursor, String timestamp) {}

    /** What a search has found. */
    private record Found(List<Hit> hits, long lines, long count, HitMerge merge) {}

    private static List<Known> lines(StoredLog log) {
        List<Known> all = new ArrayList<>();
        var joiner = new LineJoiner(
                false,
                line -> all.add(new Known(
                        new String(line.bytes, line.from, line.to - line.from, UTF_8),
                        line.position.cursor(StoredLog.ID).encode(),
                        new String(line.stamp.text, 0, 30, UTF_8))));
        EntryDecoder decoder = EntryDecoderFactory.create(false, new EntryReader(true, joiner));
        decoder.feed(log.bytes(0, false));
        decoder.end();
        joiner.end();
        return all;
    }

    private Found search(StoredLog log, SearchQuery query) {
        return search(log, query, TAILS);
    }

    private Found search(StoredLog log, SearchQuery query, List<Integer> tails) {
        return search(List.of(log), query, tails, null);
    }

    /**
     * @param stores what the engine has for each read; the last one for all further reads
     * @param newest time of the newest line; null when it is not known
     */
    private Found search(List<StoredLog> stores, SearchQuery query, List<Integer> tails, Instant newest) {
        var searched = new SearchedLog(StoredLog.ID, "web", query, tails);
        searched.opened(false, newest);
        int reads = 0;
        var merge = new HitMerge(query.oldestFirst(), query.limit());
        merge.add(StoredLog.ID);
        var filter = new CompiledFilter(query.filter());
        while (!searched.done()) {
            LogQuery read = searched.read();
            ZoneScan scan = searched.newScan(filter, merge.left());
            Runnable slice = () -> {
                if (searched.counts(scan)) {
                    merge.put(StoredLog.ID, searched.hits(scan), scan.latest());
                }
            };
            StoredLog store = stores.get(Math.min(reads++, stores.size() - 1));
            boolean atEnd = read(store, read, scan, slice);
            List<Hit> hits = searched.ended(scan, new SearchRead.End(atEnd, null)) ? searched.hits(scan) : List.of();
            merge.put(StoredLog.ID, hits, searched.reached());
        }
        merge.end(StoredLog.ID);
        assertThat(searched.failure()).isNull();
        return new Found(merge.take(), searched.lines(), searched.found(), merge);
    }

    /** What the engine sends for a read; it may send more lines than asked for, as far as times are concerned. */
    private boolean read(StoredLog log, LogQuery query, ZoneScan scan, Runnable slice) {
        int from = query.tail() == null ? 0 : Math.max(0, log.size() - query.tail());
        EntryDecoder decoder = EntryDecoderFactory.create(false, new EntryReader(query.tail() == null, scan));
        byte[] bytes = from == 0 && log.equals(encodedLog) ? encoded : log.bytes(from, false);
        if (from == 0) {
            encodedLog = log;
            encoded = bytes;
        }
        for (int at = 0; at < bytes.length && !scan.done(); at += 777) {
            decoder.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 777)));
            slice.run();
        }
        boolean atEnd = !scan.done();
        if (atEnd) {
            decoder.end();
        }
        scan.end();
        return atEnd;
    }

    private static SearchQuery query(SearchFilter filter, SearchBounds bounds, boolean oldestFirst, int limit) {
        return new SearchQuery(filter, bounds, oldestFirst, limit, true);
    }

    /** A log with a line per second. */
    private static StoredLog seconds(int count) {
        var log = new StoredLog();
        for (int second = 0; second < count; second++) {
            log.line(second * 1_000_000_000L, 'o', "line " + second);
        }
        return log;
    }

    private static SearchFilter containing(String text) {
        return new SearchFilter(List.of(new SearchTerm(text, false, false)), false, List.of(), true, null);
    }

    private static SearchPosition at(Known line) {
        return line == null ? null : new SearchPosition(null, line.cursor());
    }

    private static List<String> cursors(List<Hit> hits) {
        return hits.stream().map(Hit::cursor).toList();
    }

    @Test
    void randomSearchesFindWhatTheListOfAllLinesHolds() {
        Predicate<Known> isHit = line -> line.text().contains("7");
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            StoredLog log = StoredLog.random(seed, LINES);
            List<Known> all = lines(log);
            boolean oldestFirst = random.nextBoolean();
            int after = random.nextInt(3) == 0 ? random.nextInt(all.size()) : -1;
            int before = random.nextInt(3) == 0 ? after + 1 + random.nextInt(all.size() - after) : all.size();
            int limit = random.nextInt(4) == 0 ? 1_000 : random.nextInt(20);
            var bounds = new SearchBounds(
                    null,
                    null,
                    at(before == all.size() ? null : all.get(before)),
                    at(after < 0 ? null : all.get(after)));
            List<Known> zone = all.subList(after + 1, Math.max(after + 1, before));
            List<String> hits = zone.stream().filter(isHit).map(Known::cursor).toList();
            List<String> expected = oldestFirst ? hits : hits.reversed();

            Found found = search(log, query(containing("7"), bounds, oldestFirst, limit));

            String what = "seed %d, %d to %d of %d, oldest first %s, limit %d"
                    .formatted(seed, after, before, all.size(), oldestFirst, limit);
            assertThat(cursors(found.hits()))
                    .as(what)
                    .isEqualTo(expected.stream().limit(limit).toList());
            assertThat(found.count()).as(what).isEqualTo(hits.size());
            assertThat(found.lines()).as(what).isEqualTo(zone.size());
        }
    }

    @Test
    void searchesOneAfterTheOtherFindEachHitOnce() {
        for (int seed = 0; seed < 6; seed++) {
            StoredLog log = StoredLog.random(seed, LINES);
            List<String> expected = lines(log).stream()
                    .filter(line -> line.text().contains("7"))
                    .map(Known::cursor)
                    .toList();
            for (boolean oldestFirst : new boolean[] {false, true}) {
                List<String> all = new ArrayList<>();
                SearchPosition next = null;
                do {
                    var bounds = oldestFirst
                            ? new SearchBounds(null, null, null, next)
                            : new SearchBounds(null, null, next, null);
                    Found found = search(log, query(containing("7"), bounds, oldestFirst, 9));
                    all.addAll(cursors(found.hits()));
                    next = found.hits().isEmpty() ? null : found.merge().position();
                } while (next != null);

                assertThat(all).as("seed %d", seed).isEqualTo(oldestFirst ? expected : expected.reversed());
            }
        }
    }

    /** While a log rotates, the engine may end a read early: it is repeated. */
    @Test
    void oldestHitsOfATailThatEndsEarlyComeOnce() {
        StoredLog log = seconds(400);
        List<Known> all = lines(log);
        var everything = new SearchFilter(List.of(), false, List.of(), true, null);
        var bounds = new SearchBounds(all.get(379).timestamp(), null, null, null);
        Instant newest = Instant.parse(all.getLast().timestamp());

        SearchQuery query = query(everything, bounds, true, 1_000);
        Found found = search(List.of(seconds(395), log), query, List.of(100, 200), newest);

        assertThat(cursors(found.hits()))
                .isEqualTo(all.subList(380, 400).stream().map(Known::cursor).toList());
        assertThat(found.count()).isEqualTo(20);
    }

    @Test
    void timesBoundASearch() {
        StoredLog log = StoredLog.random(3, LINES);
        List<Known> all = lines(log);
        String since = all.get(100).timestamp();
        String until = all.get(200).timestamp();
        List<String> expected = all.stream()
                .filter(line -> line.timestamp().compareTo(since) > 0
                        && line.timestamp().compareTo(until) < 0)
                .map(Known::cursor)
                .toList();
        var everything = new SearchFilter(List.of(), false, List.of(), true, null);

        Found newest = search(log, query(everything, new SearchBounds(since, until, null, null), false, 1_000));
        Found oldest = search(log, query(everything, new SearchBounds(since, until, null, null), true, 1_000));

        assertThat(cursors(newest.hits())).isEqualTo(expected.reversed());
        assertThat(cursors(oldest.hits())).isEqualTo(expected);
    }

    /** An entry that was rotated away, and one of a container that is gone, count by their times. */
    @Test
    void positionThatIsNotInTheStoreCountsByItsTime() {
        StoredLog log = seconds(100);
        List<Known> all = lines(log);
        Known fifty = all.get(50);
        var entry = io.dockrelay.protocol.logs.Cursor.decode(fifty.cursor());
        var everything = new SearchFilter(List.of(), false, List.of(), true, null);
        for (var gone : List.of(
                new io.dockrelay.protocol.logs.Cursor(StoredLog.ID, entry.timestamp(), 'o', 1, 0),
                new io.dockrelay.protocol.logs.Cursor("ffffffffffff", entry.timestamp(), 'o', entry.hash(), 0))) {
            var position = new SearchPosition(null, gone.encode());

            Found older = search(log, query(everything, new SearchBounds(null, null, position, null), false, 1));
            Found newer = search(log, query(everything, new SearchBounds(null, null, null, position), true, 1));

            assertThat(older.hits().getFirst().text()).isEqualTo("line 49");
            assertThat(older.count()).isEqualTo(50);
            assertThat(newer.hits().getFirst().text()).isEqualTo("line 51");
            assertThat(newer.count()).isEqualTo(49);
        }
    }

    @Test
    void levelOfATraceIsKnownInEveryZone() {
        var log = new StoredLog();
        for (int number = 0; number < 1_000; number++) {
            long nanos = number * 1_000_000_000L;
            switch (number % 10) {
                case 0 -> log.line(nanos, 'e', "ERROR: boom");
                case 1 -> log.line(nanos, 'e', "java.lang.IllegalStateException: x");
                case 2, 3, 4 -> log.line(nanos, 'e', "\tat c.e.App.main(App.java:1)");
                default -> log.line(nanos, 'o', "INFO: fine");
            }
        }
        var errors = new SearchFilter(List.of(), false, List.of(LineLevel.ERROR), true, null);
        var firsts = new SearchFilter(List.of(), false, List.of(LineLevel.ERROR), false, "stderr");
        var none = new SearchBounds(null, null, null, null);

        List<Integer> tails = List.of(402, 703);
        assertThat(search(log, query(errors, none, false, 1), tails).count()).isEqualTo(500);
        assertThat(search(log, query(firsts, none, false, 1), tails).count()).isEqualTo(100);
        Hit last = search(log, query(firsts, none, false, 1), tails).hits().getFirst();
        assertThat(last.text()).isEqualTo("ERROR: boom");
        assertThat(last.level()).isEqualTo(LineLevel.ERROR);
        assertThat(last.stream()).isEqualTo("stderr");
    }

    @Test
    void textOfAHitIsCutBetweenCharacters() {
        var log = new StoredLog()
                .line(0, 'o', "x".repeat(4_095) + "\u00e9".repeat(10))
                .line(1_000, 'o', "short");
        var everything = new SearchFilter(List.of(), false, List.of(), true, null);

        List<Hit> hits = search(log, query(everything, new SearchBounds(null, null, null, null), true, 10))
                .hits();

        assertThat(hits.getFirst().text()).isEqualTo("x".repeat(4_095));
        assertThat(hits.getFirst().cut()).isTrue();
        assertThat(hits.getLast().cut()).isNull();
    }
}
