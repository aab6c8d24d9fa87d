package io.dockrelay.controller.logs.entries;

import io.dockrelay.protocol.logs.LineBlockBuilder;

/** A whole line, joined from its entries. One object for all lines of a read; valid only during the call. */
public final class Line {

    /** Receives lines in the order in which they are complete. */
    @FunctionalInterface
    public interface Sink {
        void line(Line line);
    }

    /** Of the first entry, and so of all. */
    public final DockerTimestamp stamp = new DockerTimestamp();

    /** Of the last entry: where one is who has this line. */
    public final EntryPosition position = new EntryPosition();

    public byte[] bytes;
    public int from;
    public int to;

    /** False if the read may have begun inside this line. */
    public boolean whole;

    public void writeTo(LineBlockBuilder builder) {
        builder.begin(position.stream);
        builder.text(stamp.text, 0, DockerTimestamp.LENGTH);
        builder.text(bytes, from, to);
        builder.end();
    }
}
