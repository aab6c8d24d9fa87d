package io.dockrelay.relay.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The addresses of the bridge, and what they are in the protocol of the browsers. All of them are read only. Pure. */
final class BridgeAddresses {

    static final String CONTAINERS = "dockrelay.containers";
    static final String CONTROLLERS = "dockrelay.controllers";
    static final String ACTIONS = "dockrelay.actions";
    static final String STATS = "dockrelay.stats";

    /** Before a container's name, full name or id, alone or after {@code controller/}. */
    static final String LOGS = "dockrelay.logs.";

    /** The address is also the name of the subscription. */
    private static final int LONGEST = 128;

    private BridgeAddresses() {}

    /** Whether something is there to be registered. */
    static boolean isKnown(String address) {
        return switch (address) {
            case CONTAINERS, CONTROLLERS, ACTIONS, STATS -> true;
            default -> address.startsWith(LOGS) && address.length() > LOGS.length() && address.length() <= LONGEST;
        };
    }

    /** The message of a browser that asks for the whole list, and for changes after it. */
    static String wholeList() {
        return "{\"type\":\"hello\",\"features\":[\"deltas\"]}";
    }

    /**
     * The message of a browser that begins what an address gives; empty where it comes anyway.
     *
     * @param headers of the registration: numbers may be texts, because headers usually are
     */
    static Optional<String> begin(String address, JsonNode headers) {
        return switch (address) {
            case CONTAINERS -> Optional.of(wholeList());
            case CONTROLLERS, ACTIONS -> Optional.empty();
            case STATS -> Optional.of(stats(headers));
            default -> Optional.of(logs(address, headers));
        };
    }

    /** The message of a browser that ends what an address gives; empty where it goes on unseen. */
    static Optional<String> end(String address) {
        if (address.equals(STATS)) {
            return Optional.of("{\"type\":\"subscribe_stats\",\"containers\":null}");
        }
        return address.startsWith(LOGS)
                ? Optional.of(text(Map.of(
                        "type", "unsubscribe_logs", "container", address.substring(LOGS.length()), "sub", address)))
                : Optional.empty();
    }

    /** Where a message for a browser arrives; null for one that the bridge does not pass on. */
    static String of(MessageHead head) {
        return switch (head.type()) {
            case "container_update", "containers_changed" -> CONTAINERS;
            case "controller_status", "engine_status" -> CONTROLLERS;
            case "action" -> ACTIONS;
            case "stats" -> STATS;
            case "log_snapshot", "new_logs", "log_gap", "log_state" -> head.sub();
            case "error" -> failed(head);
            case null, default -> null;
        };
    }

    /** A message that the session could not read has no {@code sub}, but the container. */
    private static String failed(MessageHead head) {
        return switch (head.request()) {
            case "subscribe_stats" -> STATS;
            case "subscribe_logs" -> head.sub() != null ? head.sub() : LOGS + head.container();
            case null, default -> null;
        };
    }

    private static String stats(JsonNode headers) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscribe_stats");
        message.put("containers", containers(headers.path("containers")));
        number(message, headers, "interval_ms");
        return text(message);
    }

    /** All of them without the header. What is no text is passed on as it is: the session says which form is right. */
    private static Object containers(JsonNode header) {
        if (header.isTextual() && !header.textValue().isEmpty()) {
            return List.of(header.textValue().split(",", -1));
        }
        return header.isTextual() || header.isMissingNode() || header.isNull() ? (Object) List.of("*") : header;
    }

    private static String logs(String address, JsonNode headers) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscribe_logs");
        message.put("container", address.substring(LOGS.length()));
        message.put("sub", address);
        number(message, headers, "lines");
        if (headers.hasNonNull("after")) {
            message.put("after", headers.get("after").asText());
        }
        if (headers.path("wait").asBoolean()) {
            message.put("wait", true);
        }
        return text(message);
    }

    /** What is no number is passed on as it is: the session says which form is right. */
    private static void number(Map<String, Object> message, JsonNode headers, String name) {
        if (headers.hasNonNull(name)) {
            String text = headers.get(name).asText();
            message.put(name, text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text);
        }
    }

    private static String text(Map<String, Object> message) {
        return new String(WireJson.write(message), UTF_8);
    }
}
