package io.dockrelay.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** WebSocket frames of a client, valid or not. */
public final class Frames {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int PING = 9;
    public static final int FINAL = 0x80;
    public static final int COMPRESSED = 0x40;

    private static final int MASKED = 0x80;

    private Frames() {}

    /** @param head opcode and flags */
    public static byte[] frame(int head, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.write(head);
        if (payload.length < 126) {
            out.write(MASKED | payload.length);
        } else if (payload.length < 65_536) {
            out.write(MASKED | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(MASKED | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        // With this mask the payload is sent as it is.
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The beginning of a frame that announces this length. */
    public static byte[] head(int head, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) head)
                .put((byte) (MASKED | 127))
                .putLong(length)
                .putInt(0)
                .array();
    }

    /** The code in the first close frame among the frames of a server; 0 if there is none. */
    public static int closeCode(byte[] received) {
        ByteBuffer bytes = ByteBuffer.wrap(received);
        while (bytes.remaining() >= 2) {
            int opcode = bytes.get() & 0x0f;
            long length = bytes.get() & 0x7f;
            if (length >= 126 && bytes.remaining() < (length == 126 ? 2 : 8)) {
                return 0;
            }
            length = length == 126 ? bytes.getShort() & 0xffff : length == 127 ? bytes.getLong() : length;
            if (bytes.remaining() < length) {
                return 0;
            }
            if (opcode == 8) {
                return bytes.getShort() & 0xffff;
            }
            bytes.position(bytes.position() + (int) length);
        }
        return 0;
    }

    /** The first bytes, then the others this many times. */
    public static byte[] many(byte[] first, byte[] then, int times) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(then);
        }
        return bytes.toByteArray();
    }
}
