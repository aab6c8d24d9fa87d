package io.dockrelay.docker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.DockerEngineException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StdStreamDecoderTest {

    private static final byte[] LOG = concat(frame(1, "out one\n"), frame(2, "err\n"), frame(1, ""), frame(1, "é\0\n"));
    private static final String DECODED = "1:out one\n2:err\n1:é\0\n";

    @Test
    void framesAreDecodedWhereverTheyAreCut() {
        for (int first = 0; first <= LOG.length; first++) {
            for (int second = first; second <= LOG.length; second++) {
                Recorder recorder = new Recorder();
                StdStreamDecoder decoder = new StdStreamDecoder(true);
                decoder.feed(Arrays.copyOfRange(LOG, 0, first), recorder);
                decoder.feed(LOG, first, second, recorder);
                decoder.feed(Buffer.buffer(Arrays.copyOfRange(LOG, second, LOG.length)), recorder);

                assertThat(recorder.text())
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(DECODED);
                assertThat(decoder.atBoundary()).isTrue();
            }
        }
    }

    @Test
    void singleBytesAreDecodedTheSame() {
        Recorder recorder = new Recorder();
        StdStreamDecoder decoder = new StdStreamDecoder(true);
        for (int at = 0; at < LOG.length; at++) {
            decoder.feed(LOG, at, at + 1, recorder);
        }
        assertThat(recorder.text()).isEqualTo(DECODED);
    }

    @Test
    void endInsideAFrameIsNotAtABoundary() {
        StdStreamDecoder decoder = new StdStreamDecoder(true);
        decoder.feed(LOG, 0, 10, new Recorder());
        assertThat(decoder.atBoundary()).isFalse();
    }

    @Test
    void allBytesOfATerminalAreStdout() {
        Recorder recorder = new Recorder();
        new StdStreamDecoder(false).feed(new byte[] {2, 0, 0, 0, 'x', '\r', '\n'}, recorder);
        assertThat(recorder.text()).isEqualTo("1:\u0002\0\0\0x\r\n");
    }

    @Test
    void malformedFrameIsRejected() {
        assertThatThrownBy(() ->
                        new StdStreamDecoder(true).feed("2025-01-01".getBytes(StandardCharsets.UTF_8), new Recorder()))
                .isInstanceOfSatisfying(
                        DockerEngineException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR))
                .hasMessageContaining("terminal");
    }

    private static byte[] frame(int stream, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + payload.length)
                .put((byte) stream)
                .put(new byte[3])
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        Buffer all = Buffer.buffer();
        for (byte[] part : parts) {
            all.appendBytes(part);
        }
        return all.getBytes();
    }

    /** Joins the pieces of one stream and marks where the stream changes. */
    private static final class Recorder implements StdStreamDecoder.Sink {

        private final Buffer recorder = Buffer.buffer();
        private int last;

        @Override
        public void bytes(int stream, byte[] buffer, int from, int to) {
            if (stream != last) {
                recorder.appendString(stream + ":");
                last = stream;
            }
            recorder.appendBytes(buffer, from, to - from);
        }

        String text() {
            return recorder.toString(StandardCharsets.UTF_8);
        }
    }
}
