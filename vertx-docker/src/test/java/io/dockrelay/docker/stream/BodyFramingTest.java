package io.dockrelay.docker.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BodyFramingTest {

    @Test
    void chunkedBodyIsDecodedWhereverItIsCut() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var wire = new ByteArrayOutputStream();
            var body = new ByteArrayOutputStream();
            for (int chunk = random.nextInt(20); chunk > 0; chunk--) {
                byte[] data = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 5_000)];
                random.nextBytes(data);
                body.writeBytes(data);
                wire.writeBytes((Integer.toHexString(data.length) + (random.nextBoolean() ? "\r\n" : " ;a=b\r\n"))
                        .getBytes(ISO_8859_1));
                wire.writeBytes(data);
                wire.writeBytes("\r\n".getBytes(ISO_8859_1));
            }
            wire.writeBytes((random.nextBoolean() ? "0\r\n\r\n" : "000\r\nX-Trailer: y\r\n\r\n").getBytes(ISO_8859_1));
            BodyFraming framing = BodyFraming.chunks();

            byte[] read = unwrap(framing, wire.toByteArray(), random, 1 + random.nextInt(3_000));

            assertThat(read).as("seed %d round %d", seed, round).isEqualTo(body.toByteArray());
            assertThat(framing.ended()).isTrue();
        }
    }

    @Test
    void chunkedBodyEndsOnlyAfterTheFinalChunk() {
        BodyFraming framing = BodyFraming.chunks();
        byte[] almost = "3\r\nabc\r\n0\r\n\r".getBytes(ISO_8859_1);
        assertThat(framing.unwrap(almost)).isEqualTo(3);
        assertThat(almost).startsWith("abc".getBytes(ISO_8859_1));
        assertThat(framing.ended()).isFalse();
        assertThat(framing.unwrap(new byte[] {'\n', 'x'})).isZero();
        assertThat(framing.ended()).isTrue();
    }

    @Test
    void bodyWithALengthEndsThereAndIgnoresWhatFollows() {
        BodyFraming framing = BodyFraming.length(4);
        assertThat(framing.unwrap("ab".getBytes(ISO_8859_1))).isEqualTo(2);
        assertThat(framing.unwrap("cdef".getBytes(ISO_8859_1))).isEqualTo(2);
        assertThat(framing.ended()).isTrue();
        assertThat(BodyFraming.length(0).ended()).isTrue();
    }

    @Test
    void bodyWithoutLengthOrChunksEndsWithTheConnection() {
        BodyFraming framing = BodyFraming.untilClose();
        assertThat(framing.unwrap(new byte[100])).isEqualTo(100);
        assertThat(framing.ended()).isFalse();
        assertThat(framing.endsWithConnection()).isTrue();
        assertThat(BodyFraming.chunks().endsWithConnection()).isFalse();
        assertThat(BodyFraming.length(10).endsWithConnection()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "-1\r\n", "2\r\nabc", "1234567890abcdef\r\n"})
    void malformedChunkIsRejected(String wire) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> BodyFraming.chunks().unwrap(wire.getBytes(ISO_8859_1)));
    }

    private static byte[] unwrap(BodyFraming framing, byte[] wire, Random random, int longest) {
        var body = new ByteArrayOutputStream();
        for (int at = 0; at < wire.length; ) {
            byte[] piece = Arrays.copyOfRange(wire, at, Math.min(wire.length, at + 1 + random.nextInt(longest)));
            at += piece.length;
            body.write(piece, 0, framing.unwrap(piece));
        }
        return body.toByteArray();
    }
}
