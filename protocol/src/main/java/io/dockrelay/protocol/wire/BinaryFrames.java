package io.dockrelay.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.dockrelay.protocol.logs.BinaryLines;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;

/**
 * Writes and reads log frames in the binary form that a controller and an uplink use if both have the feature
 * {@link #FEATURE}; docs/protocol.md has its bytes. The lines' bytes are part of the message as they are. A frame that was
 * read can be used like one of JSON. Pure.
 */
public final class BinaryFrames {

    /** Among a controller's features, and in the {@code hello} of an uplink that wants it. */
    public static final String FEATURE = "binary_logs";

    /** In the same places: lines may be compressed where that is worth its time. */
    public static final String COMPRESSION = "binary_logs_deflate";

    /** In the {@code hello} besides {@link #COMPRESSION}: lines are compressed wherever that makes them smaller. */
    public static final String ALWAYS_COMPRESSED = "binary_logs_deflate_always";

    private static final byte VERSION = 1;
    private static final byte SNAPSHOT = 1;
    private static final byte NEW_LOGS = 2;

    private static final byte ABSENT = 0;
    private static final byte FALSE = 1;
    private static final byte TRUE = 2;

    /** The encoding of lines that are sent as they are. */
    private static final byte PLAIN = 0;

    /** The encoding of lines that are compressed. */
    static final byte DEFLATED = 1;

    /** Where the encoding is in a message. */
    static final int ENCODING = 4;

    private static final int FIXED = 5;
    private static final int NO_TEXT = 0xffff;
    private static final int LONGEST_TEXT = 2048;

    /** Of a snapshot, in bytes of its lines; senders keep to half of it. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** @param credit what the message counts against credit, in bytes */
    public record Received(LogFrame frame, int credit) {}

    private BinaryFrames() {}

    public static BinaryMessage write(LogFrame frame) {
        LineBlock lines = frame.lines();
        // One line has one position.
        String firstPosition = lines.count() > 1 ? frame.first() : null;
        byte[] sub = utf8(frame.sub());
        byte[] container = utf8(frame.container());
        byte[] first = utf8(firstPosition);
        byte[] cursor = utf8(frame.cursor());
        int most = FIXED
                + 4 * Short.BYTES
                + sub.length
                + container.length
                + first.length
                + cursor.length
                + 2 * Integer.BYTES
                + lines.count() * BinaryLines.LONGEST_ENTRY;
        ByteBuffer head = ByteBuffer.allocate(most)
                .put(VERSION)
                .put(frame.snapshot() ? SNAPSHOT : NEW_LOGS)
                .put(flag(frame.moreBefore()))
                .put(flag(frame.resumption().wireValue()))
                .put(PLAIN);
        text(head, frame.sub(), sub);
        text(head, frame.container(), container);
        text(head, firstPosition, first);
        text(head, frame.cursor(), cursor);
        head.putInt(lines.count()).putInt(lines.size());
        BinaryLines.writeTable(lines, head);
        return new BinaryMessage(head.array(), head.position(), lines.json(), head.position() + lines.size());
    }

    /**
     * The frame in a binary message.
     *
     * @param inflater null when compressed lines were not asked for
     * @throws IllegalArgumentException when it is none; the message says what is wrong
     */
    public static Received read(byte[] message, LineInflater inflater) {
        var in = new BinaryReader(message);
        byte version = in.octet();
        if (version != VERSION) {
            throw new IllegalArgumentException("its version is " + version + ", and this program reads only version 1");
        }
        boolean snapshot = kind(in.octet());
        Boolean moreBefore = flag(in.octet());
        Boolean resumed = flag(in.octet());
        byte encoding = in.octet();
        if (encoding != PLAIN && (encoding != DEFLATED || inflater == null)) {
            throw new IllegalArgumentException("its lines are in an encoding that was not requested");
        }
        String sub = in.text(LONGEST_TEXT);
        String container = in.text(LONGEST_TEXT);
        String first = in.position();
        String cursor = in.position();
        if (container == null || container.isEmpty()) {
            throw new IllegalArgumentException("it names no container");
        }
        LineBlock lines = lines(in, snapshot, cursor, encoding == PLAIN ? null : inflater);
        var slice = new LogSlice(lines, lines.count() == 1 ? cursor : first, cursor);
        var frame = new LogFrame(
                snapshot, container, null, sub, slice, lines.lastTimestamp(), moreBefore, Resumption.of(resumed));
        // Before the literals, and with them as they are without compression.
        return new Received(frame, message.length - in.left() + lines.size());
    }

    private static LineBlock lines(BinaryReader in, boolean snapshot, String cursor, LineInflater inflater) {
        int count = in.number();
        int size = in.number();
        if (count < 0 || size < 0 || size > MOST_BYTES || !BinaryLines.fit(count, size)) {
            throw new IllegalArgumentException("the number or the size of its lines is wrong");
        }
        if (count == 0) {
            if (!snapshot) {
                throw new IllegalArgumentException("it has no lines");
            }
            if (in.left() > 0) {
                throw new IllegalArgumentException("there are bytes after its end");
            }
            return LineBlock.EMPTY;
        }
        if (cursor == null) {
            throw new IllegalArgumentException("its lines have no position");
        }
        int[] table = in.table(count);
        if (inflater == null && in.left() != size) {
            throw new IllegalArgumentException("the size of its lines is wrong");
        }
        byte[] rest = in.rest();
        return BinaryLines.block(table, inflater == null ? rest : inflater.inflate(rest, size));
    }

    private static boolean kind(byte kind) {
        if (kind != SNAPSHOT && kind != NEW_LOGS) {
            throw new IllegalArgumentException("its kind " + kind + " is unknown");
        }
        return kind == SNAPSHOT;
    }

    private static byte flag(Boolean value) {
        return value == null ? ABSENT : value ? TRUE : FALSE;
    }

    private static Boolean flag(byte value) {
        return switch (value) {
            case ABSENT -> null;
            case FALSE -> false;
            case TRUE -> true;
            default -> throw new IllegalArgumentException("one of its flags has the value " + value);
        };
    }

    private static byte[] utf8(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void text(ByteBuffer out, String text, byte[] utf8) {
        out.putShort((short) (text == null ? NO_TEXT : utf8.length)).put(utf8);
    }
}
