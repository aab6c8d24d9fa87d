package io.dockrelay.controller.logs.tail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.protocol.logs.Cursor;

/** Records lines. */
public final class ReadLines implements Line.Sink {

    public record Read(char stream, String text, Cursor cursor, boolean certain) {

        /** Enough to distinguish lines, and short enough to read in a failure. */
        String brief() {
            return text.substring(0, Math.min(text.length(), 50)) + " #" + text.length() + "/" + text.hashCode();
        }
    }

    public final List<Read> lines = new ArrayList<>();

    @Override
    public void line(Line line) {
        String stamp = new String(line.stamp.text, StandardCharsets.US_ASCII);
        String text = new String(line.bytes, line.from, line.to - line.from, StandardCharsets.UTF_8);
        lines.add(new Read(line.position.stream, stamp + text, line.position.cursor(StoredLog.ID), line.certain));
    }

    /** The texts without their timestamps. */
    public List<String> texts() {
        return lines.stream()
                .map(line -> line.text().substring(DockerTimestamp.LENGTH))
                .toList();
    }

    /** All lines of a log, read at once from its beginning. */
    public static ReadLines of(StoredLog log, boolean terminal) {
        return of(log.bytes(0, terminal), terminal, Integer.MAX_VALUE);
    }

    /** All lines of these bytes, which arrive in parts of {@code piece} bytes. */
    public static ReadLines of(byte[] bytes, boolean terminal, int piece) {
        var read = new ReadLines();
        var joiner = new LineJoiner(terminal, read);
        EntryDecoder decoder = EntryDecoderFactory.create(terminal, new EntryReader(true, joiner));
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            decoder.feed(java.util.Arrays.copyOfRange(bytes, at, at + Math.min(piece, bytes.length - at)));
        }
        decoder.end();
        joiner.end();
        return read;
    }
}
