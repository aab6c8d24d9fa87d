package io.dockrelay.docker.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 response. Immutable except for the state of its body's decoder.
 *
 * @param status the HTTP status code
 * @param headers by name, without regard to case
 * @param body how the body is framed
 */
record ResponseHead(int status, Map<String, List<String>> headers, BodyFraming body) {

    private static final int FIRST_FINAL = 200;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** Null when there is none. */
    String contentType() {
        return last(headers, "content-type");
    }

    /**
     * Collects a head from pieces that are cut anywhere. Skips interim responses ("100 Continue"), which have no body.
     * For one response and one thread.
     */
    static final class Reader {

        private static final int LARGEST = 64 * 1024;
        private static final byte[] END = {'\r', '\n', '\r', '\n'};

        private byte[] bytes = new byte[0];
        private int bodyFrom = -1;

        /**
         * The next bytes of the connection.
         *
         * @return the head; null while it is incomplete
         * @throws MalformedResponseException when this is not HTTP/1.1
         */
        ResponseHead feed(byte[] more) {
            int searchFrom = Math.max(0, bytes.length - END.length + 1);
            bytes = Arrays.copyOf(bytes, bytes.length + more.length);
            System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
            return next(searchFrom);
        }

        private ResponseHead next(int searchFrom) {
            int end = end(searchFrom);
            if (end < 0 && bytes.length > LARGEST) {
                throw notHttp("its head is longer than " + LARGEST + " bytes");
            }
            if (end < 0) {
                return null;
            }
            bodyFrom = end + END.length;
            ResponseHead head = parse(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
            if (head.status >= FIRST_FINAL || head.status == SWITCHING_PROTOCOLS) {
                return head;
            }
            bytes = rest();
            return next(0);
        }

        /** The bytes that arrived after the head. Valid once {@link #feed} has returned the head. */
        byte[] rest() {
            return Arrays.copyOfRange(bytes, bodyFrom, bytes.length);
        }

        private int end(int from) {
            for (int at = from; at + END.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + END.length, END, 0, END.length)) {
                    return at;
                }
            }
            return -1;
        }
    }

    private static ResponseHead parse(String text) {
        String[] lines = text.split("\r\n", -1);
        int status = status(lines[0]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(0, colon));
            headers.computeIfAbsent(name, first -> new ArrayList<>(1))
                    .add(lines[i].substring(colon + 1).strip());
        }
        return new ResponseHead(status, headers, framing(status, headers));
    }

    private static BodyFraming framing(int status, Map<String, List<String>> headers) {
        String encoding = last(headers, "transfer-encoding");
        String length = last(headers, "content-length");
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return BodyFraming.length(0);
        }
        if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return BodyFraming.chunks();
        }
        try {
            return length == null ? BodyFraming.untilClose() : BodyFraming.length(Long.parseUnsignedLong(length));
        } catch (NumberFormatException e) {
            throw notHttp("its length is \"" + length + "\"");
        }
    }

    private static String last(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getLast();
    }

    private static int status(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
            throw notHttp("it begins with \"" + line.substring(0, Math.min(line.length(), 40)) + "\"");
        }
        return Integer.parseInt(words[1]);
    }

    private static MalformedResponseException notHttp(String why) {
        return new MalformedResponseException("The response is not HTTP/1.1: " + why);
    }
}
