package io.dockrelay.protocol.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.stats.StatsInterval;
import io.dockrelay.protocol.wire.ClientMessage.Hello;
import io.dockrelay.protocol.wire.ClientMessage.LogCredit;
import io.dockrelay.protocol.wire.ClientMessage.Ping;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeStats;
import io.dockrelay.protocol.wire.ClientMessage.UnsubscribeLogs;

/** Reads what clients send, field by field: nothing is coerced, and every refusal names the right form. */
public final class ClientMessages {

    private static final int LONGEST_NAME = 512;
    private static final int LONGEST_SUB = 128;
    private static final int MOST_FEATURES = 32;
    private static final int MOST_STATS = 512;

    private ClientMessages() {}

    /** The same for a controller, which takes only cursors as positions. */
    public static ClientMessage read(String frame) throws InvalidMessage {
        return read(frame, Cursor::isCursor);
    }

    /**
     * @param frame one text frame
     * @param isPosition whether a log message may have given a text as a position
     * @throws InvalidMessage with the answer for the sender: {@code malformed}, {@code unsupported_type} or
     *     {@code bad_request}
     */
    public static ClientMessage read(String frame, Predicate<String> isPosition) throws InvalidMessage {
        JsonNode message = parse(frame);
        String type = message.path("type").isTextual() ? message.get("type").textValue() : null;
        if (type == null) {
            throw bad(ErrorCode.MALFORMED, "a message is a JSON object with a \"type\"", null, null);
        }
        return switch (type) {
            case "subscribe_logs" -> subscribe(message, type, isPosition);
            case "unsubscribe_logs" -> new UnsubscribeLogs(container(message, type), sub(message, type));
            case "subscribe_stats" -> stats(message, type);
            case "log_credit" -> credit(message, type);
            case "hello" -> hello(message, type);
            case "ping" -> ping(message, type);
            default ->
                throw bad(ErrorCode.UNSUPPORTED_TYPE, "unknown type \"" + shorten(type) + "\"", null, shorten(type));
        };
    }

    private static JsonNode parse(String frame) throws InvalidMessage {
        JsonNode node;
        try {
            node = WireJson.MAPPER.readTree(frame);
        } catch (IOException | StackOverflowError e) {
            throw bad(ErrorCode.MALFORMED, "not JSON: a frame is one JSON object", null, null);
        }
        if (node == null || !node.isObject()) {
            throw bad(ErrorCode.MALFORMED, "a frame is one JSON object", null, null);
        }
        return node;
    }

    private static SubscribeLogs subscribe(JsonNode message, String type, Predicate<String> isPosition)
            throws InvalidMessage {
        String container = container(message, type);
        var subscribe = new SubscribeLogs(
                container,
                lines(message.get("lines"), container, type),
                text(message, "after", LONGEST_NAME, container, type),
                sub(message, type),
                flag(message.get("wait"), container, type));
        if (subscribe.after() != null && !isPosition.test(subscribe.after())) {
            String sentence = "\"after\" is a cursor that a log message gave";
            throw new InvalidMessage(
                    new ServerMessage.Failure(ErrorCode.BAD_REQUEST, sentence, container, type, subscribe.sub()));
        }
        return subscribe;
    }

    private static SubscribeStats stats(JsonNode message, String type) throws InvalidMessage {
        JsonNode containers = message.path("containers");
        List<String> names = containers.isNull()
                ? List.of()
                : strings(containers, MOST_STATS, LONGEST_NAME, "\"containers\" is null, or an array", type);
        JsonNode interval = message.path("interval_ms");
        if (interval.isMissingNode() || interval.isNull()) {
            return new SubscribeStats(names, StatsInterval.DEFAULT_MS);
        }
        if (!interval.isIntegralNumber()) {
            throw bad(ErrorCode.BAD_REQUEST, "\"interval_ms\" is a whole number of milliseconds", null, type);
        }
        return new SubscribeStats(names, StatsInterval.clamp(bounded(interval)));
    }

    private static LogCredit credit(JsonNode message, String type) throws InvalidMessage {
        String container = container(message, type);
        JsonNode bytes = message.path("bytes");
        if (!bytes.isIntegralNumber() || !bytes.canConvertToInt() || bytes.intValue() < 1) {
            throw bad(ErrorCode.BAD_REQUEST, "\"bytes\" is a whole number from 1 to 2147483647", container, type);
        }
        return new LogCredit(container, sub(message, type), bytes.intValue());
    }

    /** As a long, whatever its size. */
    private static long bounded(JsonNode number) {
        if (number.canConvertToLong()) {
            return number.longValue();
        }
        return number.bigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static Hello hello(JsonNode message, String type) throws InvalidMessage {
        return new Hello(
                strings(message.path("features"), MOST_FEATURES, LONGEST_NAME, "\"features\" is an array", type));
    }

    private static List<String> strings(JsonNode array, int most, int longest, String wanted, String type)
            throws InvalidMessage {
        List<String> strings = new ArrayList<>(array.size());
        boolean right = (array.isMissingNode() || array.isArray()) && array.size() <= most;
        for (JsonNode element : right ? array : MissingNode.getInstance()) {
            right &= element.isTextual() && element.textValue().length() <= longest;
            strings.add(element.textValue());
        }
        if (!right) {
            String sentence = wanted + " of at most " + most + " strings, each of at most " + longest + " characters";
            throw bad(ErrorCode.BAD_REQUEST, sentence, null, type);
        }
        return strings;
    }

    private static Ping ping(JsonNode message, String type) throws InvalidMessage {
        JsonNode id = message.get("id");
        if (id == null || id.isNull()) {
            return new Ping(null);
        }
        if (id.isTextual() && id.textValue().length() <= LONGEST_SUB) {
            return new Ping(id.textValue());
        }
        if (id.canConvertToLong() && id.isIntegralNumber()) {
            return new Ping(id.longValue());
        }
        throw bad(ErrorCode.BAD_REQUEST, "\"id\" is a whole number or a string of at most 128", null, type);
    }

    private static String container(JsonNode message, String type) throws InvalidMessage {
        String container = text(message, "container", LONGEST_NAME, null, type);
        if (container == null || container.isEmpty()) {
            throw bad(ErrorCode.BAD_REQUEST, "\"container\" is the name of a container", null, type);
        }
        return container;
    }

    private static String sub(JsonNode message, String type) throws InvalidMessage {
        return text(message, "sub", LONGEST_SUB, null, type);
    }

    private static String text(JsonNode message, String field, int longest, String container, String type)
            throws InvalidMessage {
        JsonNode value = message.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            String wanted = "\"" + field + "\" is a string of at most " + longest + " characters";
            throw bad(ErrorCode.BAD_REQUEST, wanted, container, type);
        }
        return value.textValue();
    }

    private static int lines(JsonNode lines, String container, String type) throws InvalidMessage {
        if (lines == null || lines.isNull()) {
            return ClientMessage.DEFAULT_LINES;
        }
        if (!lines.isIntegralNumber() || lines.bigIntegerValue().signum() < 0) {
            throw bad(ErrorCode.BAD_REQUEST, "\"lines\" is a whole number, 0 or more", container, type);
        }
        return lines.canConvertToInt() ? lines.intValue() : Integer.MAX_VALUE;
    }

    private static boolean flag(JsonNode flag, String container, String type) throws InvalidMessage {
        if (flag != null && !flag.isNull() && !flag.isBoolean()) {
            throw bad(ErrorCode.BAD_REQUEST, "\"wait\" is true or false", container, type);
        }
        return flag != null && flag.booleanValue();
    }

    private static String shorten(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    private static InvalidMessage bad(ErrorCode code, String message, String container, String request) {
        return new InvalidMessage(new ServerMessage.Failure(code, message, container, request, null));
    }
}
