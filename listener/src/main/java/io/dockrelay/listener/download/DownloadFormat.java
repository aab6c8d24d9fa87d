package io.dockrelay.listener.download;

import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.wire.WireJson;

/** How a log is written into a file; its last line says whether it is all of it. Pure. */
enum DownloadFormat {
    /** Lines as they are, each behind its timestamp; the last one begins with a hash, as no timestamp does. */
    TEXT("text/plain; charset=utf-8", "log") {
        @Override
        Buffer lines(LineBlock lines) {
            Buffer out = Buffer.buffer(lines.size());
            lines.lines().forEach(line -> out.appendString(line).appendByte(NEWLINE));
            return out;
        }

        @Override
        String end(long lines, String failure) {
            return failure == null
                    ? "# complete: " + lines + " lines\n"
                    : "# incomplete after " + lines + " lines: " + failure.replaceAll("\\s+", " ") + "\n";
        }
    },
    /** One JSON object a line. */
    JSON_LINES("application/x-ndjson; charset=utf-8", "jsonl") {
        @Override
        Buffer lines(LineBlock lines) {
            Buffer out = Buffer.buffer(2 * lines.size());
            for (int line = 0; line < lines.count(); line++) {
                String stream = lines.streams()[line] == 'e' ? "stderr" : "stdout";
                out.appendString("{\"timestamp\":\"" + lines.timestamp(line) + "\",\"stream\":\"" + stream)
                        .appendString("\",\"text\":")
                        .appendBytes(lines.textLiteral(line))
                        .appendString("}\n");
            }
            return out;
        }

        @Override
        String end(long lines, String failure) {
            Record end = failure == null ? new Complete(true, lines) : new Incomplete(false, lines, failure);
            return WireJson.text(end) + "\n";
        }
    };

    private static final byte NEWLINE = '\n';

    private final String contentType;
    private final String extension;

    private record Complete(boolean complete, long lines) {}

    private record Incomplete(boolean complete, long lines, String error) {}

    DownloadFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /**
     * @param parameter as the query names it; null for the usual one
     * @throws IllegalArgumentException with a sentence for whoever asked
     */
    static DownloadFormat of(String parameter) {
        return switch (parameter == null ? "text" : parameter) {
            case "text" -> TEXT;
            case "jsonl" -> JSON_LINES;
            default -> throw new IllegalArgumentException("\"format\" is text or jsonl.");
        };
    }

    String contentType() {
        return contentType;
    }

    /** Of a file's name, without a dot. */
    String extension() {
        return extension;
    }

    /** These lines as they stand in the file. */
    abstract Buffer lines(LineBlock lines);

    /**
     * The last line.
     *
     * @param failure why it is not complete; null when it is
     */
    abstract String end(long lines, String failure);

    /** For the header: what is left of a container's name of which nothing could confuse a file system. */
    static String fileName(String container) {
        String safe = container.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.-]+", "");
        String some = safe.isEmpty() ? "container" : safe;
        return new String(
                some.getBytes(StandardCharsets.US_ASCII), 0, Math.min(some.length(), 100), StandardCharsets.US_ASCII);
    }
}
