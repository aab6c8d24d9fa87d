package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.protocol.search.SearchBounds;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchTerm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Searches that a worker has to stop inside one buffer: without a stop, each of them takes more than ten seconds. */
class CancelledScanTest {

    private static final int MIB = 1 << 20;

    /** As large as an expression may be; each letter of such a line continues hundreds of its beginnings. */
    private static final String SLOW = "a.{0,900}b";

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e4"})
    void searchOfOneLongLineStops(String letter) throws Exception {
        var log = new StoredLog().line(0, 'o', "a" + letter + "a".repeat(MIB - 10));

        assertStops(log, new SearchTerm(SLOW, true, false));
    }

    @Test
    void searchOfManyLinesInOneBufferStops() throws Exception {
        var log = new StoredLog();
        for (int line = 0; line < 2_000; line++) {
            log.line(line, 'o', "a".repeat(1_000));
        }

        assertStops(log, new SearchTerm(SLOW, true, false));
    }

    /** A text that begins everywhere in the line. */
    @Test
    void searchForATextStops() throws Exception {
        var log = new StoredLog();
        for (int line = 0; line < 40; line++) {
            log.line(line, 'o', "a".repeat(MIB - 10));
        }

        assertStops(log, new SearchTerm("a".repeat(999) + "b", false, false));
    }

    @ParameterizedTest
    @MethodSource("slowTerms")
    void termReadsLittleOfALineAfterTheCancel(SearchTerm slow, String line) {
        var cancellation = new CancelledWithinALine();
        TextTerm term = new CompiledFilter(filter(slow))
                .newTerms(cancellation)
                .findFirst()
                .orElseThrow();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> term.isIn(bytes, 0, bytes.length)).isInstanceOf(CancellationException.class);

        assertThat(cancellation.last)
                .isBetween(CancelledWithinALine.AT, CancelledWithinALine.AT + Cancellation.INTERVAL);
    }

    static Stream<Arguments> slowTerms() {
        String line = "a".repeat(50_000);
        String text = "a".repeat(999) + "b";
        return Stream.of(
                arguments(new SearchTerm(SLOW, true, false), line),
                arguments(new SearchTerm(SLOW, true, false), "a\u00e4" + line),
                arguments(new SearchTerm(SLOW, true, true), line),
                arguments(new SearchTerm(text, false, false), line),
                arguments(new SearchTerm(text, false, true), line));
    }

    @Test
    void noFurtherLineIsSearchedAfterTheCancel() {
        var log = new StoredLog();
        for (int line = 0; line < 100; line++) {
            log.line(line, 'o', "a");
        }
        ZoneScan scan = scan(new SearchTerm("b", false, false));
        EntryDecoder decoder = EntryDecoderFactory.create(false, new EntryReader(true, scan));
        byte[] bytes = log.bytes(0, false);
        int half = bytes.length / 2;
        decoder.feed(Arrays.copyOf(bytes, half));
        long searched = scan.entries();

        scan.cancel();

        assertThatThrownBy(() -> decoder.feed(Arrays.copyOfRange(bytes, half, bytes.length)))
                .isInstanceOf(CancellationException.class);
        assertThat(searched).isBetween(1L, 99L);
        assertThat(scan.entries()).isEqualTo(searched);
    }

    /** It is requested while a term is within a line, right after a place where the term looks. */
    private static final class CancelledWithinALine extends Cancellation {

        /** A regular expression reads one character ahead of the one that it compares. */
        static final int AT = 5 * INTERVAL + 2;

        /** The last place of the line that was read. */
        int last;

        @Override
        void check(int at) {
            last = at;
            if (at >= AT) {
                request();
            }
            super.check(at);
        }
    }

    private static void assertStops(StoredLog log, SearchTerm term) throws Exception {
        ZoneScan scan = scan(term);
        EntryDecoder decoder = EntryDecoderFactory.create(false, new EntryReader(true, scan));
        byte[] bytes = log.bytes(0, false);
        var begun = new CountDownLatch(1);
        try (var worker = Executors.newSingleThreadExecutor()) {
            var search = CompletableFuture.runAsync(
                    () -> {
                        begun.countDown();
                        decoder.feed(bytes);
                        decoder.end();
                        scan.end();
                    },
                    worker);
            begun.await();
            assertThatThrownBy(() -> search.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            scan.cancel();

            assertThatThrownBy(() -> search.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
        }
    }

    private static ZoneScan scan(SearchTerm term) {
        SearchFilter filter = filter(term);
        var query = new SearchQuery(filter, new SearchBounds(null, null, null, null), true, 10, true);
        var log = new SearchedLog(StoredLog.ID, "web", query);
        log.opened(false, null);
        return log.newScan(new CompiledFilter(filter), 10);
    }

    private static SearchFilter filter(SearchTerm term) {
        return new SearchFilter(List.of(term), false, List.of(), true, null);
    }
}
