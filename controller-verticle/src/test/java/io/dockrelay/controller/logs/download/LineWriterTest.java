package io.dockrelay.controller.logs.download;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.tail.ReadLines;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.protocol.logs.DownloadFormat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LineWriterTest {

    private static final int CHUNK = LogEntry.FULL_CHUNK;

    private static List<String> file(StoredLog log, boolean terminal, DownloadFormat format) {
        FileFormat file = FileFormat.of(format);
        var writer = new LineWriter(terminal, new DownloadBounds(null, null), file);
        EntryDecoder decoder = EntryDecoderFactory.create(terminal, new EntryReader(true, writer));
        decoder.feed(log.bytes(0, terminal));
        decoder.end();
        writer.end();
        file.complete();
        return new String(file.take(), UTF_8).lines().toList();
    }

    private static List<String> texts(StoredLog log) {
        List<String> lines = file(log, false, DownloadFormat.TEXT);
        return lines.stream()
                .limit(lines.size() - 1)
                .map(line -> line.substring(31))
                .toList();
    }

    @Test
    void lineOfManyMegabytesIsWhole() {
        String huge = "a".repeat(5_000_000);
        var log = new StoredLog().line(0, 'o', huge).line(10, 'o', "next");

        assertThat(texts(log)).containsExactly(huge, "next");
    }

    @Test
    void linesOfTheOtherStreamFollowALongLine() {
        var log = new StoredLog()
                .entry(10, 'o', "a".repeat(CHUNK), false)
                .entry(12, 'e', "b".repeat(CHUNK), false)
                .entry(10, 'o', "A", true)
                .entry(11, 'o', "between", true)
                .entry(12, 'e', "B", true)
                .entry(13, 'o', "last", true);

        assertThat(texts(log)).containsExactly("a".repeat(CHUNK) + "A", "b".repeat(CHUNK) + "B", "between", "last");
    }

    @Test
    void fullChunkWithoutItsRestIsALineOfItsOwn() {
        var log = new StoredLog()
                .entry(0, 'o', "a".repeat(CHUNK), false)
                .line(3_000_000_000L, 'e', "between")
                .line(4_000_000_000L, 'o', "started")
                .entry(5_000_000_000L, 'o', "z".repeat(CHUNK), false);

        assertThat(texts(log)).containsExactly("a".repeat(CHUNK), "between", "started", "z".repeat(CHUNK));
    }

    @Test
    void lineThatNeverGoesOnDoesNotHoldTheOtherStreamForever() {
        var log = new StoredLog().entry(0, 'o', "a".repeat(CHUNK), false);
        int lines = 2 * LineWriter.MAX_HELD_BYTES / CHUNK;
        for (int i = 0; i < lines; i++) {
            log.line(10 + i, 'e', "b".repeat(CHUNK - 1));
        }

        assertThat(texts(log)).hasSize(lines + 1);
    }

    @Test
    void emptyLinesOfTheOtherStreamAreHeldInBoundedMemoryToo() {
        var log = new StoredLog().entry(0, 'o', "a".repeat(CHUNK), false);
        for (int i = 0; i < 100_000; i++) {
            log.line(10 + i, 'e', "");
        }

        List<String> lines = texts(log.entry(0, 'o', "A", true));

        // It was ended before its last chunk came.
        assertThat(lines).contains("a".repeat(CHUNK), "A").hasSize(100_002);
    }

    @Test
    void twoLinesTooLongToBeKeptApartAreSplitAndNothingIsLost() {
        var log = new StoredLog();
        int chunks = LineWriter.MAX_HELD_BYTES / CHUNK + 2;
        for (int i = 0; i < chunks; i++) {
            log.entry(10, 'o', "a".repeat(CHUNK), false).entry(12, 'e', "b".repeat(CHUNK), false);
        }

        List<String> lines = texts(log.entry(10, 'o', "A", true).entry(12, 'e', "B", true));

        assertThat(lines).allMatch(line -> line.matches("a*A?|b*B?")).hasSizeLessThan(6);
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("a"))
                        .mapToInt(String::length)
                        .sum())
                .isEqualTo(chunks * CHUNK + 1);
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("b"))
                        .mapToInt(String::length)
                        .sum())
                .isEqualTo(chunks * CHUNK + 1);
    }

    @Test
    void randomLogHasTheLinesOfTheLiveView() {
        long seed = System.nanoTime();
        for (int round = 0; round < 20; round++) {
            StoredLog log = StoredLog.random(seed + round, 200);
            List<String> live = ReadLines.of(log, false).lines.stream()
                    .map(ReadLines.Read::text)
                    .sorted()
                    .toList();

            List<String> file = file(log, false, DownloadFormat.TEXT);

            assertThat(file.getLast()).isEqualTo("# complete: " + live.size() + " lines");
            assertThat(file.stream().limit(live.size()).sorted())
                    .as("seed %d", seed + round)
                    .isEqualTo(live);
        }
    }

    @Test
    void jsonLinesHaveTimestampStreamAndText() {
        var log = new StoredLog()
                .line(0, 'o', "a \"b\"\u0007")
                .line(0, 'e', "an error")
                .line(0, 'o', "");
        String stamp = StoredLog.stamp(StoredLog.BEGIN);

        assertThat(file(log, false, DownloadFormat.JSON_LINES))
                .containsExactly(
                        "{\"timestamp\":\"" + stamp + "\",\"stream\":\"stdout\",\"text\":\"a \\\"b\\\"\\u0007\"}",
                        "{\"timestamp\":\"" + stamp + "\",\"stream\":\"stderr\",\"text\":\"an error\"}",
                        "{\"timestamp\":\"" + stamp + "\",\"stream\":\"stdout\",\"text\":\"\"}",
                        "{\"complete\":true,\"lines\":3}");
    }

    @Test
    void carriageReturnOfATerminalIsNotPartOfTheLine() {
        var log =
                new StoredLog().line(0, 'o', "one \"quoted\"").line(10, 'o', "").line(20, 'o', "tab\tü \u001b[1m");

        assertThat(file(log, true, DownloadFormat.TEXT).stream().limit(3).map(line -> line.substring(31)))
                .containsExactly("one \"quoted\"", "", "tab\tü \u001b[1m");
    }
}
