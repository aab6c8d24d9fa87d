package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.WireJson;

/** The error answers of a controller. They are texts of another program: printable here, and bounded. Pure. */
final class ErrorAnswers {

    /** In UTF-16 units. */
    private static final int LONGEST = 500;

    private ErrorAnswers() {}

    /**
     * Why it was refused.
     *
     * @param body null for none
     */
    static RefusalKind kind(int status, Buffer body) {
        return RefusalKind.ofAnswer(status, read(body).map(ErrorBody::kind).orElse(null));
    }

    /**
     * The sentence; empty when the answer has none, as one of another server has.
     *
     * @param body null for none
     */
    static Optional<String> sentence(Buffer body) {
        return read(body)
                .map(ErrorBody::error)
                .filter(error -> !error.isBlank())
                .map(ErrorAnswers::printable);
    }

    private static Optional<ErrorBody> read(Buffer body) {
        try {
            return Optional.ofNullable(body).map(bytes -> WireJson.read(bytes.getBytes(), ErrorBody.class));
        } catch (UncheckedIOException notJson) {
            return Optional.empty();
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, end(clean)) + "…";
    }

    /** Where a long text is cut: not within a character. */
    private static int end(String clean) {
        return Character.isHighSurrogate(clean.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }
}
