package io.dockrelay.controller.logs.entries;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.tail.ReadLines;
import io.dockrelay.controller.logs.tail.StoredLog;

import static org.assertj.core.api.Assertions.assertThat;

class LineJoinerTest {

    private static final int CHUNK = LogEntry.FULL_CHUNK;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chunksOfALongLineAreJoined(boolean terminal) {
        var log = new StoredLog().line(0, 'o', "a".repeat(40_000)).line(1, 'o', "next");
        assertThat(ReadLines.of(log, terminal).texts()).containsExactly("a".repeat(40_000), "next");
    }

    @Test
    void streamsAreKeptApart() {
        var log = new StoredLog()
                .entry(10, 'o', "a".repeat(CHUNK), false)
                .entry(12, 'e', "b".repeat(CHUNK), false)
                .entry(10, 'o', "A", true)
                .entry(12, 'e', "B", true);
        assertThat(ReadLines.of(log, false).texts()).containsExactly("a".repeat(CHUNK) + "A", "b".repeat(CHUNK) + "B");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unterminatedLastLineIsNotJoinedWithTheNextRun(boolean terminal) {
        var log = new StoredLog()
                .unterminated(0, 'o', "prompt> ")
                .line(4_000_000_000L, 'o', "started")
                .unterminated(5_000_000_000L, 'o', "prompt> ");
        assertThat(ReadLines.of(log, terminal).texts()).containsExactly("prompt> ", "started", "prompt> ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unterminatedFullChunkIsNotJoinedWithTheNextRun(boolean terminal) {
        var log = new StoredLog()
                .entry(0, 'o', "a".repeat(CHUNK), false)
                .line(4_000_000_000L, 'o', "started")
                .entry(5_000_000_000L, 'o', "z".repeat(CHUNK), false);
        assertThat(ReadLines.of(log, terminal).texts())
                .containsExactly("a".repeat(CHUNK), "started", "z".repeat(CHUNK));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chunksOfAProgressBarArePassedOnAtOnce(boolean terminal) {
        String progress = "frame=1\r".repeat(CHUNK / 8);
        byte[] bytes = new StoredLog().entry(0, 'o', progress, false).bytes(0, terminal);
        var read = new ReadLines();
        var decoder = EntryDecoderFactory.create(terminal, new EntryReader(true, new LineJoiner(terminal, read)));
        decoder.feed(bytes);
        assertThat(read.texts()).containsExactly(progress);

        byte[] more = new StoredLog()
                .entry(0, 'o', progress, false)
                .entry(0, 'o', "done", true)
                .line(5, 'o', "next")
                .bytes(0, terminal);
        decoder.feed(more);
        assertThat(read.texts()).containsExactly(progress, progress, "done", "next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lineOfOneMebibyteIsWhole(boolean terminal) {
        String line = "m".repeat(1 << 20);
        var log = new StoredLog().line(0, 'o', line).line(1, 'o', "next");
        assertThat(ReadLines.of(log, terminal).texts()).containsExactly(line, "next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longerLineIsCutWithAMark(boolean terminal) {
        var log = new StoredLog().line(0, 'o', "m".repeat((1 << 20) + 100_000)).line(1, 'o', "next");
        assertThat(ReadLines.of(log, terminal).texts())
                .containsExactly("m".repeat(1 << 20) + PartialLine.CUT_MARK, "next");
    }

    @Test
    void cutSplitsNoCharacter() {
        String odd = "x" + "ü".repeat(8191) + "y";
        var log = new StoredLog();
        for (int i = 0; i < 70; i++) {
            log.entry(0, 'o', odd, false);
        }
        String first = ReadLines.of(log, false).texts().getFirst();
        assertThat(first).endsWith(PartialLine.CUT_MARK).doesNotContain("\uFFFD");
    }

    @Test
    void lineWithoutEndIsPassedOnWhenItIsCut() {
        var log = new StoredLog();
        for (int i = 0; i < 200; i++) {
            log.entry(0, 'o', "e".repeat(CHUNK), false);
        }
        assertThat(ReadLines.of(log, false).texts()).containsExactly("e".repeat(1 << 20) + PartialLine.CUT_MARK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emptyLinesAreKept(boolean terminal) {
        var log = new StoredLog().line(0, 'o', "").line(1, 'o', "x").line(2, 'o', "");
        assertThat(ReadLines.of(log, terminal).texts()).containsExactly("", "x", "");
    }

    @Test
    void onlyTheCarriageReturnOfATerminalIsRemoved() {
        var log = new StoredLog().line(0, 'o', "a\rb\r").line(1, 'o', "c");
        assertThat(ReadLines.of(log, false).texts()).containsExactly("a\rb\r", "c");
        assertThat(ReadLines.of(log, true).texts()).containsExactly("a\rb\r", "c");
    }

    @Test
    void timestampPrintedByAProgramIsText() {
        String own = StoredLog.stamp(StoredLog.BEGIN.minusNanos(1_000)) + " level=info ts="
                + StoredLog.stamp(StoredLog.BEGIN.minusNanos(500)) + " hello";
        assertThat(ReadLines.of(new StoredLog().line(0, 'o', own), true).texts())
                .containsExactly(own);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutsBetweenBuffersChangeNothing(boolean terminal) {
        var log = new StoredLog()
                .line(0, 'o', "grüße ☃ 𝄞")
                .line(1, 'o', "")
                .unterminated(2, 'o', "prompt> ")
                .line(3, 'o', "q".repeat(CHUNK + 20))
                .line(4, 'o', "last");
        byte[] bytes = log.bytes(0, terminal);
        List<ReadLines.Read> whole = ReadLines.of(log, terminal).lines;
        assertThat(whole).hasSize(5);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(twoPieces(bytes, cut, terminal)).isEqualTo(whole);
        }
        for (int piece = 1; piece < 200; piece++) {
            assertThat(ReadLines.of(bytes, terminal, piece).lines).isEqualTo(whole);
        }
    }

    @Test
    void messageOfTheEngineIsNoLine() {
        byte[] words = "Error grabbing logs".getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[8 + words.length];
        frame[0] = 3;
        frame[7] = (byte) words.length;
        System.arraycopy(words, 0, frame, 8, words.length);
        assertThat(ReadLines.of(frame, false, 100).lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportOfTheEngineIsNoLineAndFollowsTheLinesBeforeIt(boolean terminal) {
        String report = "Error grabbing logs: unexpected EOF";
        byte[] line = new StoredLog()
                .line(0, 'o', report + " is a line of the container")
                .bytes(0, terminal);
        byte[] head = terminal ? new byte[0] : new byte[] {3, 0, 0, 0, 0, 0, 0, (byte) (report.length() + 1)};
        Buffer bytes = Buffer.buffer(line).appendBytes(head).appendString(report + "\n");
        var read = new ReadLines();
        var reader = new EntryReader(true, new LineJoiner(terminal, read));
        var decoder = EntryDecoderFactory.create(terminal, reader);

        decoder.feed(Buffer.buffer(line));
        assertThat(reader.report()).isNull();
        decoder.feed(bytes.getBuffer(line.length, bytes.length()));

        assertThat(reader.report()).isEqualTo(report);
        assertThat(read.texts()).containsExactly(report + " is a line of the container");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readThatContinuesInAnotherStreamHasEachLineOnce(boolean terminal) {
        var log = new StoredLog();
        for (int i = 0; i < 50; i++) {
            log.line(i, 'o', "line " + i);
        }
        var read = new ReadLines();
        var reader = new EntryReader(true, new LineJoiner(terminal, read));
        EntryDecoderFactory.create(terminal, reader).feed(log.bytes(0, terminal));

        log.line(50, 'o', "line 50");
        reader.rejoin();
        EntryDecoderFactory.create(terminal, reader).feed(log.bytes(45, terminal));

        assertThat(reader.rejoinedAt()).isEqualTo(4);
        assertThat(reader.received()).isEqualTo(6);
        assertThat(read.texts()).hasSize(51).doesNotHaveDuplicates().endsWith("line 50");
    }

    private static List<ReadLines.Read> twoPieces(byte[] bytes, int cut, boolean terminal) {
        var read = new ReadLines();
        var joiner = new LineJoiner(terminal, read);
        var decoder = EntryDecoderFactory.create(terminal, new EntryReader(true, joiner));
        decoder.feed(java.util.Arrays.copyOfRange(bytes, 0, cut));
        decoder.feed(java.util.Arrays.copyOfRange(bytes, cut, bytes.length));
        decoder.end();
        joiner.end();
        return read.lines;
    }
}
