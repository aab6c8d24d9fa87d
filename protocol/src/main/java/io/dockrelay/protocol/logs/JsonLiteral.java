package io.dockrelay.protocol.logs;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

/** One JSON string literal in bytes. */
final class JsonLiteral {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLiteral() {}

    /** The text of the literal in {@code [from, to)}, quotes included. */
    static String decode(byte[] bytes, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            return parser.nextTextValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
