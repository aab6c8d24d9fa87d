package io.dockrelay.listener.download;

import io.dockrelay.protocol.logs.DownloadFormat;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Counts the lines of a file while it is sent, and recognises its last line. For one file. */
final class SentLines {

    /** Its beginning is the prefix of each last line. */
    private final byte[] completePrefix;

    private final int endPrefixLength;

    private long lines;

    /** Bytes of the current line. */
    private long column;

    /** Whether all bytes of the current line so far are those of the prefix. */
    private boolean matches = true;

    private boolean ended;
    private boolean complete;

    SentLines(DownloadFormat format) {
        completePrefix = format.completePrefix().getBytes(US_ASCII);
        endPrefixLength = format.endPrefix().length();
    }

    void add(byte[] bytes) {
        for (byte next : bytes) {
            if (next == '\n') {
                lines++;
                column = 0;
                matches = true;
            } else {
                if (matches && column < completePrefix.length) {
                    matches = next == completePrefix[(int) column];
                    ended |= matches && column == endPrefixLength - 1;
                    complete |= matches && column == completePrefix.length - 1;
                }
                column++;
            }
        }
    }

    /** Whole lines. */
    long lines() {
        return lines;
    }

    /** Whether the bytes end inside a line. */
    boolean insideLine() {
        return column > 0;
    }

    /** Whether the last line says that the file is complete. */
    boolean complete() {
        return complete;
    }

    /** Whether the last line of the file has begun. */
    boolean ended() {
        return ended;
    }
}
