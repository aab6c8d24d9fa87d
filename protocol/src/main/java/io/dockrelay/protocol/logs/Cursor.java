package io.dockrelay.protocol.logs;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A position in one container's log: the identity of the last engine entry that was delivered (a line, or the last 16 KiB
 * chunk of a long one). Only a controller looks inside; for all others it is an opaque string.
 *
 * <p>Timestamps alone do not identify an entry: stdout and stderr interleave out of order, the chunks of a long line
 * share one, and a clock may step back. Hence stream, hash of the text, and the ordinal among entries that are equal in
 * all of these.
 *
 * @param containerId 12 hex digits
 * @param timestamp the engine's, to the nanosecond
 * @param stream {@code 'o'} stdout, {@code 'e'} stderr
 * @param hash {@link EntryHash} of the entry's text, without timestamp and newline
 * @param ordinal 0 for the first of equal entries
 */
public record Cursor(String containerId, Instant timestamp, char stream, long hash, int ordinal) {

    /** Precedes the timestamp of a line of a version 1 controller; a relay uses the two as that line's position. */
    public static final String V1_PREFIX = "v1~";

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte VERSION = 1;
    private static final int ID_BYTES = 6;
    private static final int LENGTH = 1 + ID_BYTES + Long.BYTES + Integer.BYTES + 1 + Long.BYTES + Integer.BYTES;

    /** The timestamp as it is in front of a line, with nine digits. */
    public String time() {
        return NANOS.format(timestamp);
    }

    /** base64url without padding; 43 characters. */
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(HexFormat.of().parseHex(containerId))
                .putLong(timestamp.getEpochSecond())
                .putInt(timestamp.getNano())
                .put((byte) stream)
                .putLong(hash)
                .putInt(ordinal);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The position, or nothing when the text is not a cursor of this version. */
    public static Optional<Cursor> tryDecode(String text) {
        try {
            return Optional.of(decode(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether the text is a cursor of this version, to the character. */
    public static boolean isCursor(String text) {
        return tryDecode(text).map(Cursor::encode).filter(text::equals).isPresent();
    }

    /** Whether a relay may have given the text as a position: a cursor, or one made for a version 1 controller's line. */
    public static boolean isPosition(String text) {
        return text.startsWith(V1_PREFIX) ? isTimestamp(text.substring(V1_PREFIX.length())) : isCursor(text);
    }

    /**
     * @throws IllegalArgumentException when the text is not a cursor of this version; the message may be shown to
     *     the sender
     */
    public static Cursor decode(String text) {
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cursor: it is not base64url", e);
        }
        if (raw.length != LENGTH || raw[0] != VERSION) {
            throw new IllegalArgumentException("not a cursor of this version");
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw, 1, LENGTH - 1);
        byte[] id = new byte[ID_BYTES];
        bytes.get(id);
        Instant timestamp = instant(bytes.getLong(), bytes.getInt());
        return new Cursor(
                HexFormat.of().formatHex(id), timestamp, stream(bytes.get()), bytes.getLong(), bytes.getInt());
    }

    /** Whether both are positions in one container's log; null when one of them is no cursor of this version. */
    public static Boolean ofOneContainer(String one, String other) {
        try {
            return decode(one).containerId().equals(decode(other).containerId());
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private static boolean isTimestamp(String text) {
        try {
            return NANOS.format(NANOS.parse(text)).equals(text);
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    private static Instant instant(long seconds, int nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a cursor: its time is out of range", e);
        }
    }

    private static char stream(byte letter) {
        if (letter != 'o' && letter != 'e') {
            throw new IllegalArgumentException("not a cursor: it names no stream");
        }
        return (char) letter;
    }
}
