package io.dockrelay.protocol.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.dockrelay.protocol.stats.AskLoadHistory;

/** The query of {@code GET …/container/NAME/stats/history}: read by the side that answers, written by the side that asks. */
public final class LoadQueries {

    /** In seconds. */
    private static final int LONGEST_STEP = 3600;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");

    private LoadQueries() {}

    /**
     * @param parameter the value of a query parameter; null when it is not there
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static AskLoadHistory read(String container, UnaryOperator<String> parameter) {
        Instant since = QueryTimes.read("since", parameter.apply("since"));
        Instant until = QueryTimes.read("until", parameter.apply("until"));
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("\"since\" is a time before \"until\".");
        }
        return new AskLoadHistory(container, since, until, step(parameter.apply("step")));
    }

    /** The same as a query string, with its question mark; empty without a parameter. */
    public static String write(AskLoadHistory question) {
        List<String> query = new ArrayList<>();
        if (question.since() != null) {
            query.add(pair("since", WireJson.timestamp(question.since())));
        }
        if (question.until() != null) {
            query.add(pair("until", WireJson.timestamp(question.until())));
        }
        if (question.stepMs() != null) {
            query.add("step=" + Duration.ofMillis(question.stepMs()).toSeconds());
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private static Integer step(String value) {
        if (value == null) {
            return null;
        }
        int seconds = SECONDS.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (seconds < 1 || seconds > LONGEST_STEP) {
            throw new IllegalArgumentException("\"step\" is a whole number of seconds from 1 to " + LONGEST_STEP + ".");
        }
        return seconds * 1000;
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
