package io.dockrelay.docker.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The head of an HTTP/1.1 response, as far as a stream needs it. Immutable except for the state of its body's decoder.
 *
 * @param status the HTTP status code
 * @param contentType null when there is none
 * @param body how the body is framed
 */
record ResponseHead(int status, String contentType, BodyFraming body) {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** Collects a head from pieces that are cut anywhere. For one response and one thread. */
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
            int end = end(searchFrom);
            if (end < 0 && bytes.length > LARGEST) {
                throw notHttp("its head is longer than " + LARGEST + " bytes");
            }
            if (end < 0) {
                return null;
            }
            bodyFrom = end + END.length;
            return parse(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
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
        String contentType = null;
        String length = null;
        boolean chunked = false;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String value = lines[i].substring(colon + 1).strip();
            switch (lines[i].substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
                case "content-type" -> contentType = value;
                case "content-length" -> length = value;
                case "transfer-encoding" ->
                    chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
                default -> {}
            }
        }
        return new ResponseHead(status, contentType, framing(status, chunked, length));
    }

    private static BodyFraming framing(int status, boolean chunked, String length) {
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return BodyFraming.length(0);
        }
        if (chunked) {
            return BodyFraming.chunks();
        }
        try {
            return length == null ? BodyFraming.untilClose() : BodyFraming.length(Long.parseUnsignedLong(length));
        } catch (NumberFormatException e) {
            throw notHttp("its length is \"" + length + "\"");
        }
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
