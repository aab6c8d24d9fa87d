package io.dockrelay.controller.logs.download;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.JsonEscaper;

/** Encodes lines as the bytes of a file. A line is {@link #begin}, any number of {@link #text} pieces, {@link #end}. */
abstract sealed class FileFormat {

    private final DownloadFormat format;

    /** The bytes that were not taken. */
    protected Buffer out = Buffer.buffer();

    private long lines;

    private FileFormat(DownloadFormat format) {
        this.format = format;
    }

    static FileFormat of(DownloadFormat format) {
        return switch (format) {
            case TEXT -> new Text();
            case JSON_LINES -> new JsonLines();
        };
    }

    /** @param stream {@code 'o'} or {@code 'e'} */
    abstract void begin(DockerTimestamp stamp, char stream);

    abstract void text(byte[] bytes, int from, int to);

    void end() {
        lines++;
        out.appendString(endOfLine());
    }

    /** The log is complete: adds the last line. */
    void complete() {
        out.appendString(format.end(lines, null));
    }

    abstract String endOfLine();

    int size() {
        return out.length();
    }

    /** The bytes since the last call. */
    byte[] take() {
        byte[] taken = out.getBytes();
        out = Buffer.buffer();
        return taken;
    }

    private static final class Text extends FileFormat {

        Text() {
            super(DownloadFormat.TEXT);
        }

        @Override
        void begin(DockerTimestamp stamp, char stream) {
            out.appendBytes(stamp.text);
        }

        @Override
        void text(byte[] bytes, int from, int to) {
            out.appendBytes(bytes, from, to - from);
        }

        @Override
        String endOfLine() {
            return "\n";
        }
    }

    private static final class JsonLines extends FileFormat {

        private final JsonEscaper escaper = new JsonEscaper();

        JsonLines() {
            super(DownloadFormat.JSON_LINES);
        }

        @Override
        void begin(DockerTimestamp stamp, char stream) {
            out.appendString("{\"timestamp\":\"")
                    .appendBytes(stamp.text, 0, DockerTimestamp.LENGTH - 1)
                    .appendString("\",\"stream\":\"")
                    .appendString(stream == 'e' ? "stderr" : "stdout")
                    .appendString("\",\"text\":\"");
        }

        @Override
        void text(byte[] bytes, int from, int to) {
            escaper.text(bytes, from, to);
            out.appendBytes(escaper.take());
        }

        @Override
        String endOfLine() {
            escaper.finish();
            out.appendBytes(escaper.take());
            return "\"}\n";
        }
    }
}
