package io.dockrelay.controller.testing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;

/** What newer engines do to a read of the newest entries, without follow, while the log rotates. */
public enum TailReadFault {
    /** It ends at once. */
    EMPTY,
    /** It ends early, with the newest entry only. */
    SHORT,
    /** The engine reports an error on the stream, and ends it. */
    FAILED,
    /** The engine sends the head of the response, and then neither a byte nor the end. */
    SILENT;

    /** What the engine reports. */
    public static final String REPORT = "Error grabbing logs: unexpected EOF";

    private static final Pattern TAIL_READ = Pattern.compile("(?<=GET [^ ]{1,200}&follow=0&tail=)\\d+");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** The frame's stream is the one for the engine's own messages. */
    private static final String FRAME = "\3\0\0\0\0\0\0" + (char) (REPORT.length() + 1) + REPORT + "\n";

    static boolean isTailRead(Buffer request) {
        return TAIL_READ.matcher(text(request)).find();
    }

    /** The same request for fewer entries, which the engine then answers. */
    Buffer shortened(Buffer request) {
        return Buffer.buffer(TAIL_READ.matcher(text(request)).replaceFirst(this == EMPTY ? "0" : "1"));
    }

    /** What comes in place of the engine's answer. */
    Buffer answer() {
        return switch (this) {
            case FAILED -> Buffer.buffer(HEAD + chunk(FRAME) + chunk(""));
            default -> Buffer.buffer(HEAD);
        };
    }

    private static String chunk(String bytes) {
        return "%x\r\n%s\r\n".formatted(bytes.length(), bytes);
    }

    private static String text(Buffer request) {
        return request.toString(StandardCharsets.ISO_8859_1);
    }
}
