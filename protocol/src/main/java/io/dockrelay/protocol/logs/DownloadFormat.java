package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The formats of a downloaded log. The last line of a file says whether it is complete. Pure. */
public enum DownloadFormat {
    /** The bytes of each line after its timestamp. The last line begins with a hash sign, which no timestamp does. */
    TEXT("text", "text/plain; charset=utf-8", "log", "#", "# complete:") {
        @Override
        public String end(long lines, String failure) {
            return failure == null
                    ? "# complete: " + lines + " lines\n"
                    : "# incomplete after " + lines + " lines: " + failure.replaceAll("\\s+", " ") + "\n";
        }
    },
    /** One JSON object per line. Bytes that are not UTF-8 are U+FFFD. */
    JSON_LINES("jsonl", "application/x-ndjson; charset=utf-8", "jsonl", "{\"complete\":", "{\"complete\":true") {
        @Override
        public String end(long lines, String failure) {
            String error = failure == null ? "" : ",\"error\":\"" + quoted(failure) + "\"";
            return "{\"complete\":" + (failure == null) + ",\"lines\":" + lines + error + "}\n";
        }
    };

    private final String parameter;
    private final String contentType;
    private final String extension;
    private final String endPrefix;
    private final String completePrefix;

    DownloadFormat(String parameter, String contentType, String extension, String endPrefix, String completePrefix) {
        this.parameter = parameter;
        this.contentType = contentType;
        this.extension = extension;
        this.endPrefix = endPrefix;
        this.completePrefix = completePrefix;
    }

    /**
     * @param parameter the query's value; null for the default
     * @throws IllegalArgumentException with a sentence for the client
     */
    public static DownloadFormat of(String parameter) {
        for (DownloadFormat format : values()) {
            if (format.parameter.equals(parameter == null ? TEXT.parameter : parameter)) {
                return format;
            }
        }
        throw new IllegalArgumentException("\"format\" is text or jsonl.");
    }

    /** The value in a query. */
    public String parameter() {
        return parameter;
    }

    public String contentType() {
        return contentType;
    }

    /** The extension of a file's name, without a dot. */
    public String extension() {
        return extension;
    }

    /** How the last line begins; no line of a log does. ASCII. */
    public String endPrefix() {
        return endPrefix;
    }

    /** How the last line of a complete file begins: with the prefix of each last line. ASCII. */
    public String completePrefix() {
        return completePrefix;
    }

    /**
     * The last line, with its newline.
     *
     * @param lines whole lines before it
     * @param failure why the file is not complete; null when it is
     */
    public abstract String end(long lines, String failure);

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
