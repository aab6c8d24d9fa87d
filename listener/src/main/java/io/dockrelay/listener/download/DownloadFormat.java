package io.dockrelay.listener.download;

import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.wire.WireJson;

/** Writes a log as a file. The last line says whether the file is complete. Pure. */
enum DownloadFormat {
    /** Unchanged lines, each after its timestamp. The last line begins with a hash sign, which no timestamp does. */
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
    /** One JSON object per line. */
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
     * @param parameter the query's value; null for the default
     * @throws IllegalArgumentException with a sentence for the client
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

    /** The extension of a file's name, without a dot. */
    String extension() {
        return extension;
    }

    /** Lines in this format. */
    abstract Buffer lines(LineBlock lines);

    /**
     * The last line.
     *
     * @param failure why it is not complete; null when it is
     */
    abstract String end(long lines, String failure);

    /** A file name for the header: a container's name without characters that have a meaning in a file system. */
    static String fileName(String container) {
        String safe = container.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.-]+", "");
        String name = safe.isEmpty() ? "container" : safe;
        return new String(
                name.getBytes(StandardCharsets.US_ASCII), 0, Math.min(name.length(), 100), StandardCharsets.US_ASCII);
    }
}
