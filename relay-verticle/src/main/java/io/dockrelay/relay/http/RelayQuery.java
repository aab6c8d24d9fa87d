package io.dockrelay.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.dockrelay.protocol.wire.LogQueries;
import io.dockrelay.protocol.wire.QueryTimes;

/** The query parameters of one request. Methods throw IllegalArgumentException with a sentence for the client. Pure. */
final class RelayQuery {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,18}");
    private static final int MOST_WORDS = 20;

    private final UnaryOperator<String> parameter;

    /** @param parameter returns the value of a parameter; null when it is absent */
    RelayQuery(UnaryOperator<String> parameter) {
        this.parameter = parameter;
    }

    /** Null when it is absent or empty. */
    String text(String name) {
        String value = parameter.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** @param max larger values are reduced to it */
    int count(String name, int otherwise, int max) {
        String value = parameter.apply(name);
        return value == null ? otherwise : LogQueries.count(name, value, max);
    }

    /** Null when it is absent. */
    Duration seconds(String name, int max) {
        String value = parameter.apply(name);
        if (value == null) {
            return null;
        }
        if (!SECONDS.matcher(value).matches() || Integer.parseInt(value) < 1 || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" must be a whole number of seconds from 1 to " + max + ".");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }

    boolean flag(String name) {
        String value = parameter.apply(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw new IllegalArgumentException("\"" + name + "\" must be true or false.");
        }
        return true;
    }

    /** A number in the record. */
    long sequence(String name, long otherwise) {
        String value = parameter.apply(name);
        if (value == null) {
            return otherwise;
        }
        if (!SEQUENCE.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a whole number.");
        }
        return Long.parseLong(value);
    }

    /** Separated by commas; none when it is absent. */
    List<String> words(String name) {
        String value = text(name);
        return value == null ? List.of() : List.of(value.split(",", MOST_WORDS));
    }

    /** Null when it is absent. */
    Instant time(String name) {
        return QueryTimes.read(name, parameter.apply(name));
    }
}
