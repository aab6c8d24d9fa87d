package io.dockrelay.docker.stream;

import java.util.Map;

/**
 * The head of an HTTP/1.1 request. Immutable. A character that would end a line or a word of the head is refused with an
 * {@link IllegalArgumentException}.
 *
 * @param method such as {@code GET}
 * @param uri path and query, escaped
 * @param headers by name, in the order in which they are sent
 */
public record RequestHead(String method, String uri, Map<String, String> headers) {

    public RequestHead {
        requireWord("method", method);
        requireWord("URI", uri);
        headers.forEach((name, value) -> {
            requireWord("header", name);
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                throw new IllegalArgumentException("The value of the header " + name + " contains a line end");
            }
        });
    }

    /** The head on the wire. */
    String text() {
        StringBuilder text = new StringBuilder(method + " " + uri + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    private static void requireWord(String what, String word) {
        if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException(
                    "The " + what + " of a request is \"" + word + "\"; escape what is not printable ASCII");
        }
    }
}
