package io.dockrelay.protocol.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

/**
 * Log lines as they travel: JSON string literals joined by commas, ready for a {@code logs} array, escaped once
 * where they are read and never again. Each line begins with Docker's 30-character timestamp and a space.
 *
 * <p>Immutable; the arrays inside are shared by all readers and never written after the block was made.
 */
public final class LineBlock {

    /** Characters of a line's timestamp: {@code 2025-11-25T22:52:30.123456789Z}. */
    public static final int TIMESTAMP_LENGTH = 30;

    public static final LineBlock EMPTY = new LineBlock(new byte[0], new int[0], new byte[0]);

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] json;
    private final int[] starts;
    private final byte[] streams;

    /**
     * @param json the literals with commas between them; taken over, not copied
     * @param starts the index of each literal's opening quote in {@code json}; taken over
     * @param streams {@code 'o'} or {@code 'e'} per line; taken over
     */
    LineBlock(byte[] json, int[] starts, byte[] streams) {
        this.json = json;
        this.starts = starts;
        this.streams = streams;
    }

    public int count() {
        return starts.length;
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    /** Bytes of the escaped literals with their commas, without brackets. */
    public int size() {
        return json.length;
    }

    /** The shared bytes themselves: read only. */
    public byte[] json() {
        return json;
    }

    /** The shared stream letters, one per line: read only, ASCII. */
    public byte[] streams() {
        return streams;
    }

    /** Bytes of the literal of line {@code index} with its quotes. */
    public int sizeOf(int index) {
        int end = index + 1 < starts.length ? starts[index + 1] - 1 : json.length;
        return end - starts[index];
    }

    /** Where the literal of line {@code index} begins, its quote included. */
    int startOf(int index) {
        return starts[index];
    }

    /** The timestamp of the last line, null when there is none. */
    public String lastTimestamp() {
        return isEmpty() ? null : timestamp(count() - 1);
    }

    /** The timestamp of line {@code index}, from 0. */
    public String timestamp(int index) {
        return new String(json, starts[index] + 1, TIMESTAMP_LENGTH, StandardCharsets.US_ASCII);
    }

    /** A hash of line {@code index} as it travels, its timestamp included. */
    public long hash(int index) {
        return EntryHash.of(json, starts[index], starts[index] + sizeOf(index));
    }

    /** The text of line {@code index} without its timestamp, as a JSON string literal with its quotes. */
    public byte[] textLiteral(int index) {
        // After the opening quote, the timestamp and the space.
        int from = starts[index] + TIMESTAMP_LENGTH + 1;
        byte[] literal = Arrays.copyOfRange(json, from, starts[index] + sizeOf(index));
        literal[0] = '"';
        return literal;
    }

    /** The lines {@code [from, to)} as a block of their own; the same block when that is all of them. */
    public LineBlock slice(int from, int to) {
        if (from == 0 && to == count()) {
            return this;
        }
        if (from >= to) {
            return EMPTY;
        }
        int begin = starts[from];
        int end = starts[to - 1] + sizeOf(to - 1);
        int[] moved = new int[to - from];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = starts[from + i] - begin;
        }
        return new LineBlock(Arrays.copyOfRange(json, begin, end), moved, Arrays.copyOfRange(streams, from, to));
    }

    /** The newest lines whose literals fit in {@code maxBytes}, at least one when there is any. */
    public LineBlock newest(int maxBytes) {
        int from = count();
        int size = 0;
        while (from > 0 && (from == count() || size + sizeOf(from - 1) + 1 <= maxBytes)) {
            from--;
            size += sizeOf(from) + 1;
        }
        return slice(from, count());
    }

    /** This block's lines and then those of {@code next}. */
    public LineBlock concat(LineBlock next) {
        return concat(List.of(this, next));
    }

    /** The lines of all these, one after the other; each byte is copied once. */
    public static LineBlock concat(List<LineBlock> blocks) {
        List<LineBlock> parts =
                blocks.stream().filter(block -> !block.isEmpty()).toList();
        if (parts.size() <= 1) {
            return parts.isEmpty() ? EMPTY : parts.getFirst();
        }
        byte[] json = new byte[parts.stream().mapToInt(LineBlock::size).sum() + parts.size() - 1];
        int[] starts = new int[parts.stream().mapToInt(LineBlock::count).sum()];
        byte[] streams = new byte[starts.length];
        int at = 0;
        int line = 0;
        for (LineBlock part : parts) {
            if (at > 0) {
                json[at++] = ',';
            }
            System.arraycopy(part.json, 0, json, at, part.size());
            System.arraycopy(part.streams, 0, streams, line, part.count());
            for (int start : part.starts) {
                starts[line++] = at + start;
            }
            at += part.size();
        }
        return new LineBlock(json, starts, streams);
    }

    /** The lines as text, each with its timestamp: for tests and for callers that need single lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(count());
        for (int i = 0; i < count(); i++) {
            lines.add(decode(i));
        }
        return List.copyOf(lines);
    }

    private String decode(int index) {
        try (JsonParser parser = JSON.createParser(json, starts[index], sizeOf(index))) {
            return parser.nextTextValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineBlock that
                && Arrays.equals(json, that.json)
                && Arrays.equals(streams, that.streams);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(json) + Arrays.hashCode(streams);
    }

    @Override
    public String toString() {
        return "LineBlock[" + count() + " lines, " + size() + " bytes]";
    }
}
