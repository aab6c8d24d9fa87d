package io.dockrelay.protocol.wire;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Reads the fields of one JSON object in their order, without a tree of it. Pure. */
final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    /** Takes one field: the parser is at its name, and has to be at the end of its value afterwards. */
    interface Taker {

        void take(JsonParser json) throws IOException;
    }

    private JsonFields() {}

    /** @throws IllegalArgumentException when the bytes are not a JSON object */
    static void read(byte[] bytes, Taker taker) {
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                taker.take(json);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
