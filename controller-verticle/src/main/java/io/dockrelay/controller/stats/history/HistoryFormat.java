package io.dockrelay.controller.stats.history;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One history as bytes: the names, the size and the numbers. Fast enough for an event loop: the numbers are copied. Pure. */
final class HistoryFormat {

    /** Larger than any history. */
    static final int MOST_BYTES = 256 * 1024;

    private HistoryFormat() {}

    static byte[] encode(ContainerHistory history) {
        byte[] id = history.container().id().getBytes(UTF_8);
        byte[] name = history.container().name().getBytes(UTF_8);
        byte[] fullName = history.container().fullName().getBytes(UTF_8);
        int texts = 3 * Integer.BYTES + id.length + name.length + fullName.length;
        ByteBuffer out = ByteBuffer.allocate(texts + history.bytes());
        put(out, id);
        put(out, name);
        put(out, fullName);
        history.write(out);
        return out.array();
    }

    /**
     * @param writtenStepMs the step of the process that wrote it
     * @throws IllegalArgumentException for bytes that {@link #encode} did not make
     */
    static ContainerHistory decode(byte[] bytes, int writtenStepMs, int stepMs) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            var container = new KeptContainer(text(in), text(in), text(in));
            var history = new ContainerHistory(container, stepMs);
            history.read(in, writtenStepMs);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes too many");
            }
            return history;
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("it ends too early", tooShort);
        }
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.putInt(text.length).put(text);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, UTF_8);
    }
}
