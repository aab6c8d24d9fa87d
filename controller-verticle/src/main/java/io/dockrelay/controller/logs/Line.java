package io.dockrelay.controller.logs;

import io.dockrelay.protocol.logs.LineBlockBuilder;

/** A whole line, joined from its entries. One object for all lines of a read; valid only during the call. */
final class Line {

    /** Receives lines in the order in which they are complete. */
    @FunctionalInterface
    interface Sink {
        void line(Line line);
    }

    /** Of the first entry, and so of all. */
    final Stamp stamp = new Stamp();

    /** Of the last entry: where one is who has this line. */
    final Position position = new Position();

    byte[] bytes;
    int from;
    int to;

    /** False if the read may have begun inside this line. */
    boolean whole;

    void writeTo(LineBlockBuilder builder) {
        builder.begin(position.stream);
        builder.text(stamp.text, 0, Stamp.LENGTH);
        builder.text(bytes, from, to);
        builder.end();
    }
}
