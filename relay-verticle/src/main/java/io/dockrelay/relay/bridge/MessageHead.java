package io.dockrelay.relay.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What the bridge has to know of a message for a browser. A list, which may be long, is not read: its type is its first field.
 *
 * @param type never null in a message of the relay
 * @param sub of the subscription that it belongs to; null for none
 * @param code of an error; null otherwise
 * @param message of an error; null otherwise
 * @param request that an error answers; null otherwise
 * @param container that an error names; null otherwise
 */
record MessageHead(String type, String sub, String code, String message, String request, String container) {

    private static final JsonFactory JSON = new JsonFactory();

    static MessageHead of(byte[] message) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(message)) {
            json.nextToken();
            while (!isEnough(texts) && json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException notJson) {
            throw new UncheckedIOException("a message of the relay is not JSON", notJson);
        }
        return new MessageHead(
                texts.get("type"),
                texts.get("sub"),
                texts.get("code"),
                texts.get("message"),
                texts.get("request"),
                texts.get("container"));
    }

    private static boolean isEnough(Map<String, String> texts) {
        return switch (texts.get("type")) {
            case "log_snapshot", "new_logs", "log_gap", "log_state", "error" -> false;
            case null -> false;
            default -> true;
        };
    }

    /** The HTTP status that says the same as the code of an error. */
    int status() {
        return switch (code) {
            case "not_allowed" -> 403;
            case "no_such_container" -> 404;
            case "too_many_subscriptions" -> 429;
            case "engine_unavailable" -> 503;
            case "engine_error" -> 502;
            case null, default -> 400;
        };
    }
}
