package io.dockrelay.protocol.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/** The query of {@code GET …/container/NAME/logs}: read by the side that answers, written by the side that asks. */
public final class LogQueries {

    /** Lines of a page without a limit in its query. */
    public static final int DEFAULT_LINES = 500;

    /** The most lines of a page; a larger limit is cut to it. */
    public static final int MAX_LINES = 5000;

    private static final Map<String, Anchor> ANCHORS =
            Map.of("after", Anchor.AFTER, "before", Anchor.BEFORE, "around", Anchor.AROUND, "through", Anchor.THROUGH);
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,512}");
    private static final Pattern COUNT = Pattern.compile("[0-9]++");

    /** Longer ones are larger than each maximum. */
    private static final int COUNT_DIGITS = 9;

    private LogQueries() {}

    /**
     * @param parameter the value of a query parameter; null when it is not there
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static ReadLogs read(String container, UnaryOperator<String> parameter) {
        List<String> anchors = ANCHORS.keySet().stream()
                .filter(name -> parameter.apply(name) != null)
                .toList();
        boolean between = anchors.size() == 2 && anchors.containsAll(List.of("after", "before"));
        if (anchors.size() > 1 && !between) {
            throw new IllegalArgumentException("Only one of after, before, around and through can bound a page at a"
                    + " time, or after and before together.");
        }
        String anchor = between ? "after" : anchors.isEmpty() ? null : anchors.getFirst();
        return new ReadLogs(
                container,
                anchor == null ? Anchor.NEWEST : ANCHORS.get(anchor),
                anchor == null ? null : position(anchor, parameter.apply(anchor)),
                time("since", parameter.apply("since")),
                time("until", parameter.apply("until")),
                lines(parameter),
                between ? position("before", parameter.apply("before")) : null);
    }

    /** The same as a query string, with its question mark. */
    public static String write(ReadLogs page) {
        List<String> query = new ArrayList<>();
        ANCHORS.forEach((name, anchor) -> {
            if (anchor == page.anchor()) {
                query.add(pair(name, page.position()));
            }
        });
        if (page.end() != null) {
            query.add(pair("before", page.end()));
        }
        if (page.since() != null) {
            query.add(pair("since", page.since()));
        }
        if (page.until() != null) {
            query.add(pair("until", page.until()));
        }
        query.add("limit=" + page.limit());
        return "?" + String.join("&", query);
    }

    private static int lines(UnaryOperator<String> parameter) {
        String name = parameter.apply("limit") == null ? "tail" : "limit";
        String value = parameter.apply(name);
        return value == null ? DEFAULT_LINES : count(name, value, MAX_LINES);
    }

    /**
     * The value of a parameter that counts.
     *
     * @param max larger values are reduced to it
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static int count(String name, String value, int max) {
        if (!COUNT.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is a whole number, 0 or more.");
        }
        int first = 0;
        while (first < value.length() - 1 && value.charAt(first) == '0') {
            first++;
        }
        return value.length() - first > COUNT_DIGITS ? max : Math.min(Integer.parseInt(value.substring(first)), max);
    }

    /** A nine-digit timestamp, or a cursor, which only the controller decodes. */
    private static String position(String name, String value) {
        Instant instant = QueryTimes.parse(value);
        if (instant == null && !CURSOR.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is a cursor or an RFC 3339 time.");
        }
        return instant == null ? value : NANOS.format(instant);
    }

    /**
     * A bound in time as the bus has it, with nine digits; null for none.
     *
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static String time(String name, String value) {
        Instant time = QueryTimes.read(name, value);
        return time == null ? null : NANOS.format(time);
    }

    /** Whether a text is an RFC 3339 time. */
    public static boolean isTime(String value) {
        return QueryTimes.parse(value) != null;
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
