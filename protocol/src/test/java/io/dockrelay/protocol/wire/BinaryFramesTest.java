package io.dockrelay.protocol.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BinaryFramesTest {

    private static final String AT = "2025-11-25T22:52:30.123456789Z ";
    private static final String MARKED = "7a717c";

    /** The example of docs/protocol.md, byte for byte. */
    private static final String GOLDEN = """
            01 02 00 00 00
            0002 7331
            0003 776562
            0002 6661
            0002 6c61
            00000002 0000004b
            46 4f
            22 323032352d31312d32355432323a35323a33302e3132333435363738395a 20 6869 22
            2c
            22 323032352d31312d32355432323a35323a33302e3132333435363738395a 20 5c22c3bc 5c6e 22
            """;

    private static LineBlock lines(String... texts) {
        var builder = new LineBlockBuilder();
        for (String text : texts) {
            char stream = text.startsWith("e:") ? 'e' : 'o';
            byte[] bytes = (AT + text.replaceFirst("^[eo]:", "")).getBytes(UTF_8);
            builder.line(stream, bytes, 0, bytes.length);
        }
        return builder.take();
    }

    private static LogFrame newLogs(LogSlice slice) {
        return new LogFrame(false, "web", null, "s1", slice, slice.lines().lastTimestamp(), null, Resumption.FRESH);
    }

    private static byte[] bytes(BinaryMessage message) {
        byte[] all = Arrays.copyOf(message.head(), message.size());
        System.arraycopy(message.body(), 0, all, message.headSize(), message.body().length);
        return all;
    }

    private static LogFrame read(byte[] bytes) {
        return BinaryFrames.read(bytes, null).frame();
    }

    private static byte[] golden() {
        return HexFormat.of().parseHex(GOLDEN.replaceAll("\\s", ""));
    }

    @Test
    void frameHasTheDocumentedBytes() {
        LogFrame frame = newLogs(new LogSlice(lines("hi", "e:\"ü\n"), "fa", "la"));

        assertThat(HexFormat.of().formatHex(bytes(BinaryFrames.write(frame))))
                .isEqualTo(HexFormat.of().formatHex(golden()));
        assertThat(read(golden())).isEqualTo(frame);
    }

    @Test
    void linesAreNotCopiedIntoTheMessage() {
        LineBlock lines = lines("hi");
        BinaryMessage message = BinaryFrames.write(newLogs(new LogSlice(lines, "la", "la")));

        assertThat(message.body()).isSameAs(lines.json());
        assertThat(message.credit()).isEqualTo(message.size());
    }

    @Test
    void everyFrameIsTheSameAfterTheWay() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var deflater = new LineDeflater();
                var inflater = new LineInflater()) {
            everyFrameIsTheSame(seed, random, deflater, inflater);
        }
    }

    private static void everyFrameIsTheSame(long seed, Random random, LineDeflater deflater, LineInflater inflater) {
        for (int round = 0; round < 500; round++) {
            LogFrame frame = randomFrame(random);
            byte[] sent = bytes(BinaryFrames.write(frame));
            assertThat(read(sent)).as("seed %d round %d", seed, round).isEqualTo(frame);
            assertThat(BinaryFrames.read(sent, null).credit()).isEqualTo(sent.length);
            BinaryMessage small = deflater.compress(BinaryFrames.write(frame));
            BinaryFrames.Received large = BinaryFrames.read(bytes(small), inflater);
            assertThat(large.frame()).as("seed %d round %d", seed, round).isEqualTo(frame);
            assertThat(large.credit()).isEqualTo(sent.length).isEqualTo(small.credit());
        }
    }

    /** A snapshot's last time without lines is not needed where frames are read. */
    private static LogFrame randomFrame(Random random) {
        boolean snapshot = random.nextBoolean();
        String[] texts = new String[snapshot ? random.nextInt(20) : 1 + random.nextInt(300)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = (random.nextInt(3) == 0 ? "e:" : "o:") + text(random);
        }
        LineBlock lines = lines(texts);
        String cursor = lines.isEmpty() && random.nextBoolean() ? null : "la-" + random.nextInt(100);
        String first = lines.count() == 1 ? cursor : lines.isEmpty() || random.nextInt(4) == 0 ? null : "fi_rst";
        return new LogFrame(
                snapshot,
                "web" + random.nextInt(9) + "ü",
                null,
                random.nextBoolean() ? null : "s" + random.nextInt(9),
                new LogSlice(lines, first, cursor),
                lines.lastTimestamp(),
                (snapshot && random.nextBoolean()) ? (Boolean) random.nextBoolean() : null,
                snapshot ? List.of(Resumption.values()).get(random.nextInt(3)) : Resumption.FRESH);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(random.nextInt(20) == 0 ? 9_000 : 90); length > 0; length--) {
            text.appendCodePoint(random.nextInt(9) == 0 ? "\"\\\n\t\u0001ü€🎬".codePointAt(random.nextInt(8)) : 'x');
        }
        return text.toString();
    }

    /** What comes from another program is either refused with a sentence, or harmless in a message to a browser. */
    @Test
    void changedFrameIsRefusedOrIsStillValidJson() throws IOException {
        long seed = System.nanoTime();
        try (var deflater = new LineDeflater();
                var inflater = new LineInflater()) {
            changedFrames(seed, new Random(seed), deflater, inflater);
        }
    }

    private static void changedFrames(long seed, Random random, LineDeflater deflater, LineInflater inflater)
            throws IOException {
        int refused = 0;
        for (int round = 0; round < 4_000; round++) {
            BinaryMessage plain = BinaryFrames.write(randomFrame(random));
            byte[] sent = bytes(random.nextInt(3) == 0 ? deflater.compress(plain) : plain);
            byte[] changed = changed(random, sent);
            try {
                LogFrame read = BinaryFrames.read(changed, inflater).frame();
                byte[] json = LogFrames.write(read);
                assertThat(WireJson.MAPPER.readTree(new String(json, UTF_8)).get("logs"))
                        .isNotNull();
                assertThat(UTF_8.newDecoder()
                                .decode(java.nio.ByteBuffer.wrap(json))
                                .length())
                        .isPositive();
            } catch (IllegalArgumentException wrong) {
                refused++;
                assertThat(wrong.getMessage())
                        .as("seed %d round %d", seed, round)
                        .isNotBlank();
            } catch (RuntimeException | IOException failed) {
                throw new AssertionError("seed " + seed + " round " + round, failed);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(1_000);
    }

    private static byte[] changed(Random random, byte[] sent) {
        byte[] changed = sent.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed = Arrays.copyOf(sent, random.nextInt(sent.length));
            case 1 -> changed = Arrays.copyOf(sent, sent.length + 1 + random.nextInt(9));
            case 2 -> random.nextBytes(changed);
            case 3 -> {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    changed[random.nextInt(Math.min(60, changed.length))] = (byte) random.nextInt();
                }
            }
            default -> {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
            }
        }
        return changed;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 02, its version is 2",
        "1, 03, its kind 3 is unknown",
        "2, 07, one of its flags",
        "4, 01, encoding",
        "5, 0fff, a text in it is too long",
        "9, ffff, it names no container|ends too early|too long",
        "16, 2b, a position in it is none",
        "18, ffff, its lines have no position|wrong|too long",
        "22, 00000003, wrong",
        "22, 7fffffff, wrong",
        "22, 00000000, wrong",
        "26, 7fffffff, wrong",
        "26, 0000004c, wrong",
        "30, 48, wrong",
        "30, 45, wrong",
        "31, cf, wrong",
        "32, 20, line 1 in it is not a log line",
        "63, 22, line 1 in it is not a log line",
        "64, 5c, line 1 in it is not a log line",
        "65, 0a, line 1 in it is not a log line",
        "65, ff, line 1 in it is not a log line",
        "67, 20, wrong"
    })
    void faultIsNamed(int at, String hex, String sentence) {
        byte[] changed = golden();
        byte[] put = HexFormat.of().parseHex(hex);
        System.arraycopy(put, 0, changed, at, put.length);

        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern(sentence);
    }

    @Test
    void everyShorterMessageIsRefused() {
        byte[] golden = golden();
        for (int length = 0; length < golden.length; length++) {
            byte[] cut = Arrays.copyOf(golden, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** What would end the string, or the message, at the browser. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "22",
                "5c",
                "5c78",
                "5c7530307a30",
                "0a",
                "00",
                "c3",
                "c0af",
                "eda080",
                "f4908080",
                "e282",
                "80",
                "5c22225c",
                "226c6f6773225d"
            })
    void textThatIsNoJsonOrNoUtf8IsRefused(String hex) {
        byte[] good = bytes(BinaryFrames.write(newLogs(new LogSlice(lines("1234567" + "zq|" + "12345678"), "a", "a"))));
        assertThat(read(good)).isNotNull();
        String sent = HexFormat.of().formatHex(good);
        // Of the same length, so that only the text is wrong.
        for (int before = 0; before < 9; before++) {
            int length = hex.length() / 2;
            byte[] changed = HexFormat.of().parseHex(sent);
            int from = HexFormat.of().parseHex(sent.substring(0, sent.indexOf(MARKED))).length - 7 + before;
            System.arraycopy(HexFormat.of().parseHex(hex), 0, changed, from, length);
            assertThatThrownBy(() -> read(changed))
                    .as("%s at %d", hex, before)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyEscapeOfJsonIsAccepted() {
        List<String> escapes =
                new ArrayList<>(List.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u00eF"));
        String sent = HexFormat.of()
                .formatHex(bytes(BinaryFrames.write(newLogs(new LogSlice(lines("zq|" + "123456789"), "a", "a")))));
        for (String escape : escapes) {
            byte[] changed = HexFormat.of().parseHex(sent);
            System.arraycopy(escape.getBytes(UTF_8), 0, changed, sent.indexOf(MARKED) / 2, escape.length());
            assertThat(read(changed).lines().lines()).as(escape).hasSize(1);
        }
    }

    private static BinaryMessage compressible() {
        String[] texts = new String[100];
        Arrays.fill(texts, "GET /index.html 200");
        return BinaryFrames.write(newLogs(new LogSlice(lines(texts), "a", "b")));
    }

    @Test
    void linesAreCompressedOnlyIfThatIsWorthIt() {
        try (var deflater = new LineDeflater()) {
            BinaryMessage plain = compressible();
            BinaryMessage small = deflater.compress(plain);
            assertThat(small.size()).isLessThan(plain.size() / 5);
            assertThat(small.credit()).isEqualTo(plain.size());

            BinaryMessage short1 = BinaryFrames.write(newLogs(new LogSlice(lines("x".repeat(900)), "a", "a")));
            assertThat(deflater.compress(short1)).isSameAs(short1);

            var random = new Random(1);
            var text = new StringBuilder();
            random.ints(3_000, 33, 127).forEach(text::appendCodePoint);
            BinaryMessage noise = BinaryFrames.write(newLogs(new LogSlice(lines(text.toString()), "a", "a")));
            assertThat(deflater.compress(noise)).isSameAs(noise);
        }
    }

    @Test
    void compressedLinesWithAFaultAreRefused() {
        try (var deflater = new LineDeflater();
                var inflater = new LineInflater()) {
            byte[] small = bytes(deflater.compress(compressible()));
            assertThat(BinaryFrames.read(small, inflater).frame().lines().count())
                    .isEqualTo(100);

            refused(small, null, "an encoding that was not requested");
            refused(Arrays.copyOf(small, small.length + 1), inflater, "another size");
            for (int cut = 1; cut < 20; cut++) {
                refused(Arrays.copyOf(small, small.length - cut), inflater, "another size|cannot be decompressed");
            }
            // The size of all literals: the four bytes after the number of lines.
            int size = 5 + 4 + 5 + 3 + 3 + 4;
            for (int off : List.of(-1, 1, 1_000)) {
                byte[] wrong = small.clone();
                Buffer changed = Buffer.buffer(wrong);
                changed.setInt(size, changed.getInt(size) + off);
                refused(changed.getBytes(), inflater, "another size");
            }
            assertThat(BinaryFrames.read(small, inflater).frame().lines().count())
                    .as("after the faults")
                    .isEqualTo(100);
        }
    }

    private static void refused(byte[] message, LineInflater inflater, String sentence) {
        assertThatThrownBy(() -> BinaryFrames.read(message, inflater))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern(sentence);
    }
}
