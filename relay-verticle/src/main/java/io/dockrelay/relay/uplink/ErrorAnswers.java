package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.wire.WireJson;

/** The sentence in an error answer of a controller. It is the text of another program: printable here, and bounded. Pure. */
final class ErrorAnswers {

    private static final int LONGEST = 500;

    /** The body of an error answer. */
    private record ErrorBody(String error) {}

    private ErrorAnswers() {}

    /**
     * Empty when the answer has none, as one of another server has.
     *
     * @param body null for none
     */
    static Optional<String> sentence(Buffer body) {
        try {
            return Optional.ofNullable(body)
                    .map(bytes -> WireJson.read(bytes.getBytes(), ErrorBody.class))
                    .map(ErrorBody::error)
                    .filter(error -> !error.isBlank())
                    .map(ErrorAnswers::printable);
        } catch (UncheckedIOException notJson) {
            return Optional.empty();
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
