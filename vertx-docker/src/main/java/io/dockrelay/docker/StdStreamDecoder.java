package io.dockrelay.docker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.vertx.core.buffer.Buffer;

/**
 * Decodes the engine's multiplexed stdout and stderr: frames of {@code [stream,0,0,0,length as 32 bits big endian]} and
 * payload, or, for a terminal, raw bytes of one stream. A push decoder without I/O and without copies: the sink gets
 * ranges of the array that was fed. One instance per log, fed by one thread at a time.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach">the
 *     stream format in the engine's API reference</a>
 */
public final class StdStreamDecoder {

    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    /** Receives the payload, in order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A piece of one frame, or the whole frame. Valid only during the call.
         *
         * @param stream 1 stdout, 2 stderr
         * @param from first byte in buffer
         * @param to the index after the last byte
         */
        void bytes(int stream, byte[] buffer, int from, int to);

        /**
         * The frame of the last bytes has ended. In a log, one entry is one frame: it ends with a newline, or without
         * one if it is a part of a long line. Never called for a terminal, whose bytes have no frames.
         */
        default void frameEnd(int stream) {}
    }

    private static final int HEADER = 8;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final boolean multiplexed;
    /** Bytes of the current header that have been read; HEADER while inside a payload. */
    private int headerBytes;

    /** The current frame's stream, from its first header byte. */
    private int stream;

    /** While reading a header: the length so far. Inside a payload: the bytes left of it. */
    private long remaining;

    /** @param multiplexed false for a container with a terminal */
    public StdStreamDecoder(boolean multiplexed) {
        this.multiplexed = multiplexed;
    }

    /** The same for a buffer; copies its bytes once. */
    public void feed(Buffer buffer, Sink sink) {
        feed(buffer.getBytes(), sink);
    }

    /**
     * Takes the next bytes, cut anywhere.
     *
     * @throws DockerEngineException (SERVER_ERROR) when this is not a frame; the decoder cannot be used afterwards
     */
    public void feed(byte[] bytes, Sink sink) {
        feed(bytes, 0, bytes.length, sink);
    }

    /** As above, for a range of an array. */
    public void feed(byte[] bytes, int from, int to, Sink sink) {
        if (!multiplexed) {
            if (from < to) {
                sink.bytes(STDOUT, bytes, from, to);
            }
            return;
        }
        int at = from;
        while (at < to) {
            if (headerBytes == 0 && to - at >= HEADER) {
                at = wholeHeader(bytes, at);
            } else {
                at = headerBytes < HEADER ? header(bytes[at], at) : payload(bytes, at, to, sink);
            }
        }
    }

    /** True between two frames: if the log ends here, nothing is missing. */
    public boolean atBoundary() {
        return headerBytes == 0;
    }

    private int wholeHeader(byte[] bytes, int at) {
        begin(bytes[at]);
        if ((bytes[at + 1] | bytes[at + 2] | bytes[at + 3]) != 0) {
            throw notAFrame();
        }
        remaining = (int) INTS.get(bytes, at + 4) & 0xFFFF_FFFFL;
        headerBytes = remaining == 0 ? 0 : HEADER;
        return at + HEADER;
    }

    private int header(byte value, int at) {
        switch (headerBytes) {
            case 0 -> begin(value);
            case 1, 2, 3 -> requireZero(value);
            default -> remaining = remaining << 8 | (value & 0xFF);
        }
        headerBytes++;
        if (headerBytes == HEADER && remaining == 0) {
            headerBytes = 0;
        }
        return at + 1;
    }

    private void begin(byte value) {
        if (value < 0 || value > 3) {
            throw notAFrame();
        }
        // 0 is stdin, echoed by some engines as output; 3 is the engine's own error text.
        stream = value == 0 ? STDOUT : Math.min(value, STDERR);
        remaining = 0;
    }

    private static void requireZero(byte value) {
        if (value != 0) {
            throw notAFrame();
        }
    }

    private int payload(byte[] bytes, int at, int to, Sink sink) {
        int end = (int) Math.min(to, at + remaining);
        sink.bytes(stream, bytes, at, end);
        remaining -= end - at;
        if (remaining == 0) {
            headerBytes = 0;
            sink.frameEnd(stream);
        }
        return end;
    }

    private static DockerEngineException notAFrame() {
        return new DockerEngineException(
                DockerEngineException.Kind.SERVER_ERROR,
                "The engine's log does not consist of frames; check whether the container has a terminal (TTY)");
    }
}
