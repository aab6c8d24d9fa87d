package io.dockrelay.relay.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The query parameters of one request, checked: what is wrong is said in a sentence. Pure. */
final class RelayQuery {

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private final UnaryOperator<String> parameter;

    /** @param parameter the value of a parameter; null when it is not there */
    RelayQuery(UnaryOperator<String> parameter) {
        this.parameter = parameter;
    }

    /** Null when it is not there, or empty. */
    String text(String name) {
        String value = parameter.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    int count(String name, int otherwise, int most) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        if (!COUNT.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is a whole number, 0 or more.");
        }
        return Math.min(Integer.parseInt(value), most);
    }

    /** Null when it is not there. */
    Duration seconds(String name, int most) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!COUNT.matcher(value).matches() || Integer.parseInt(value) < 1 || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException("\"" + name + "\" is a whole number of seconds from 1 to " + most + ".");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }

    boolean flag(String name) {
        String value = text(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw new IllegalArgumentException("\"" + name + "\" is true or false.");
        }
        return true;
    }

    /** Null when it is not there. */
    Instant time(String name) {
        String value = text(name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is an RFC 3339 time such as 2025-11-25T22:52:30.123Z.", notATime);
        }
    }
}
