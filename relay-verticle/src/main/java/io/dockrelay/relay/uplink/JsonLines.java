package io.dockrelay.relay.uplink;

import java.io.ByteArrayOutputStream;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Decodes a log of JSON lines, cut anywhere, into blocks. Pure; for one thread. */
final class JsonLines {

    /** In bytes; longer than any line that a controller sends. */
    private static final int LONGEST = 16 * 1024 * 1024;

    /** A line of the log, or the last one, which states whether the log is complete. */
    private record Line(String timestamp, String stream, String text, Boolean complete, String error) {}

    private final LineBlockBuilder lines = new LineBlockBuilder();

    /** The beginning of a line whose end has not arrived. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** The last line; null before it. */
    private Line end;

    /**
     * Takes the next bytes.
     *
     * @throws IllegalArgumentException when they are not JSON lines
     */
    void feed(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                begun.write(bytes, from, at - from);
                take(begun.toByteArray());
                begun.reset();
                from = at + 1;
            }
        }
        begun.write(bytes, from, bytes.length - from);
        if (begun.size() > LONGEST) {
            throw new IllegalArgumentException("a line of more than " + LONGEST + " bytes");
        }
    }

    /** Bytes of the lines that have arrived and were not taken. */
    int size() {
        return lines.size();
    }

    LineBlock take() {
        return lines.take();
    }

    /** Whether the last line has arrived. */
    boolean ended() {
        return end != null;
    }

    /** Why the log is not complete; null when it is. */
    String failure() {
        if (end == null) {
            return "the controller ended the log early";
        }
        return end.complete() ? null : String.valueOf(end.error());
    }

    private void take(byte[] json) {
        Line line;
        try {
            line = WireJson.read(json, Line.class);
        } catch (java.io.UncheckedIOException e) {
            throw new IllegalArgumentException("a line that is not JSON", e);
        }
        if (line.complete() != null) {
            end = line;
        } else if (line.timestamp() == null
                || line.text() == null
                || line.timestamp().length() != LineBlock.TIMESTAMP_LENGTH) {
            throw new IllegalArgumentException("a line without timestamp or text");
        } else {
            byte[] whole = (line.timestamp() + " " + line.text()).getBytes(UTF_8);
            lines.line("stderr".equals(line.stream()) ? 'e' : 'o', whole, 0, whole.length);
        }
    }
}
