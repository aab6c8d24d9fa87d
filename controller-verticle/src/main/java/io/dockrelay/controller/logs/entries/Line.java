package io.dockrelay.controller.logs.entries;

import io.dockrelay.protocol.logs.LineBlockBuilder;

/** A whole line, joined from its entries. One object for all lines of a read; valid only during the call of the sink. */
public final class Line {

    /** Receives lines in the order in which they are complete. */
    @FunctionalInterface
    public interface Sink {
        void line(Line line);
    }

    /** Timestamp of all entries of the line. */
    public final DockerTimestamp stamp = new DockerTimestamp();

    /** Position of the last entry: a reader that has this line continues after it. */
    public final EntryPosition position = new EntryPosition();

    /** The text without timestamp and newline is {@code bytes[from, to)}. */
    public byte[] bytes;

    public int from;
    public int to;

    /** False when the read may have started inside this line, or between equal entries: its text or position may differ. */
    public boolean certain;

    /** Adds the line: its stream, and its text after the timestamp. */
    public void writeTo(LineBlockBuilder builder) {
        builder.begin(position.stream);
        builder.text(stamp.text, 0, DockerTimestamp.LENGTH);
        builder.text(bytes, from, to);
        builder.end();
    }
}
