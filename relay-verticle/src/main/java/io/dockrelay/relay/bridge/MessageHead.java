package io.dockrelay.relay.bridge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.dockrelay.protocol.wire.WireJson;

/**
 * What the bridge has to know of a message for a browser.
 *
 * @param type never null in a message of the relay
 * @param sub of the subscription that it belongs to; null for none
 * @param code of an error; null otherwise
 * @param message of an error or an action; null for none
 * @param request that an error answers; null otherwise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MessageHead(String type, String sub, String code, String message, String request) {

    static MessageHead of(byte[] message) {
        return WireJson.read(message, MessageHead.class);
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
