package io.dockrelay.protocol.logs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LineBlockTest {

    private static final String AT = "2025-11-25T22:52:30.123456789Z ";

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"quoted\\\"", "\u0000\u001b[31m\t\r\n\u007f", "ü€🎬", "\u2028"})
    void textIsTheSameWhereverItIsSplit(String text) {
        byte[] bytes = (AT + text).getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var builder = new LineBlockBuilder();
            builder.begin('e');
            builder.text(bytes, 0, cut);
            builder.text(bytes, cut, bytes.length);
            builder.end();

            LineBlock block = builder.take();
            assertThat(block.lines()).as("cut at %d", cut).containsExactly(AT + text);
            assertThat(block.streams()).containsExactly('e');
        }
    }

    @Test
    void everyCharacterThatNeedsAnEscapeIsEscaped() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String special = "\u0000\t\n\r\u001f\"\\ü€🎬";
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder(AT);
            int rarity = 1 + random.nextInt(30);
            for (int length = random.nextInt(100); length > 0; length--) {
                boolean plain = random.nextInt(rarity) > 0;
                text.appendCodePoint(
                        plain
                                ? ' ' + random.nextInt(0x7f - ' ')
                                : special.codePointAt(special.offsetByCodePoints(0, random.nextInt(10))));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            var builder = new LineBlockBuilder();
            builder.line('o', bytes, 0, bytes.length);
            assertThat(builder.take().lines())
                    .as("seed %d round %d", seed, round)
                    .containsExactly(text.toString());
        }
    }

    /** Compares with the JDK's decoder; the number of replacement characters per broken sequence may differ. */
    @Test
    void bytesThatAreNotUtf8BecomeReplacementCharacters() throws CharacterCodingException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xC0 + random.nextInt(64));
            }
            var builder = new LineBlockBuilder();
            builder.line('o', bytes, 0, bytes.length);
            LineBlock block = builder.take();

            String strictlyDecoded =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(block.json())).toString();
            assertThat(strictlyDecoded).isNotEmpty();
            assertThat(oneMarkARun(block.lines().getFirst()))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(oneMarkARun(new String(bytes, UTF_8)));
        }
    }

    private static String oneMarkARun(String text) {
        return text.replaceAll("\uFFFD+", "\uFFFD");
    }

    @Test
    void blockIsCutAndJoinedWithUnchangedLines() {
        LineBlock block = block("one", "two \"2\"", "", "four");

        assertThat(block.slice(1, 3).lines()).containsExactly(AT + "two \"2\"", AT);
        assertThat(block.slice(0, 2).concat(block.slice(2, 4))).isEqualTo(block);
        assertThat(block.slice(0, 2).concat(block.slice(2, 4)).lines()).isEqualTo(block.lines());
        assertThat(block.slice(2, 2)).isSameAs(LineBlock.EMPTY);
        assertThat(block.lastTimestamp() + " ").isEqualTo(AT);
    }

    @Test
    void newestLinesThatFitAreKeptAndAtLeastOne() {
        LineBlock block = block("one", "two", "three");

        assertThat(block.newest(1).lines()).containsExactly(AT + "three");
        assertThat(block.newest(block.size() + 1)).isSameAs(block);
        assertThat(block.newest(block.size() - 10).lines()).containsExactly(AT + "two", AT + "three");
        assertThat(LineBlock.EMPTY.newest(10).isEmpty()).isTrue();
    }

    @Test
    void arrayOfAnotherProgramIsReadWithAnyWhitespace() {
        byte[] json = "[ \"a\" , \"b\\\"]\" ,\n\"c\"]".getBytes(UTF_8);

        LineBlock block = JsonStrings.block(json, 1, json.length, "oe");

        assertThat(block.lines()).containsExactly("a", "b\"]", "c");
        assertThat(new String(block.streams(), UTF_8)).isEqualTo("oeo");
        assertThat(new String(block.json(), UTF_8)).isEqualTo("\"a\",\"b\\\"]\",\"c\"");
    }

    @Test
    void builderIsEmptyAfterItsBlockWasTaken() {
        var builder = new LineBlockBuilder();
        builder.line('o', "a".getBytes(UTF_8), 0, 1);

        assertThat(builder.take().count()).isOne();
        assertThat(builder.isEmpty()).isTrue();
        assertThat(builder.take()).isSameAs(LineBlock.EMPTY);
    }

    private static LineBlock block(String... texts) {
        var builder = new LineBlockBuilder();
        for (String text : texts) {
            byte[] bytes = (AT + text).getBytes(UTF_8);
            builder.line('o', bytes, 0, bytes.length);
        }
        return builder.take();
    }
}
