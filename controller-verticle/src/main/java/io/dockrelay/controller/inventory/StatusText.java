package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.state.Health;

/**
 * The facts in Docker's status text: {@code Up 2 hours (healthy)}, {@code Exited (137) 5 seconds ago}. Docker's list has
 * them nowhere else. Pure.
 *
 * @param health null when the text names none
 * @param exitCode of the last run; null when the text names none
 * @param age duration of this state, rounded down as Docker rounds; null when the text does not say
 */
record StatusText(Health health, Integer exitCode, Duration age) {

    private static final Pattern HEALTH = Pattern.compile("\\((?:health: )?(starting|healthy|unhealthy)\\)");
    private static final Pattern EXIT_CODE = Pattern.compile("^(?:Exited|Restarting) \\((-?\\d{1,9})\\)");
    private static final Pattern AGE =
            Pattern.compile("(\\d{1,9}|About an?|Less than a) (second|minute|hour|day|week|month|year)s?\\b");

    /** In seconds. */
    private static final Map<String, Long> UNITS = Map.of(
            "second", 1L,
            "minute", 60L,
            "hour", 3_600L,
            "day", 86_400L,
            "week", 7 * 86_400L,
            "month", 30 * 86_400L,
            "year", 365 * 86_400L);

    /** Docker counts whole seconds up to a minute, and two scans may be on either side of a tick. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    static StatusText of(String text) {
        String given = text == null ? "" : text;
        Matcher health = HEALTH.matcher(given);
        Matcher exitCode = EXIT_CODE.matcher(given);
        return new StatusText(
                health.find() ? Health.of(health.group(1)) : null,
                exitCode.find() ? Integer.valueOf(exitCode.group(1)) : null,
                age(given));
    }

    /**
     * Whether this state must have started after the earlier text: it is younger than it was or, while Docker counts seconds,
     * younger than the earlier state would be by now.
     */
    boolean startedSince(StatusText earlier, Duration elapsed) {
        if (age == null || earlier.age == null) {
            return (age == null) != (earlier.age == null);
        }
        boolean shrank = age.compareTo(earlier.age) < 0;
        boolean counted = age.compareTo(Duration.ofMinutes(1)) < 0;
        return shrank || (counted && age.plus(SLACK).compareTo(earlier.age.plus(elapsed)) < 0);
    }

    private static Duration age(String text) {
        Matcher age = AGE.matcher(text);
        if (!age.find()) {
            return null;
        }
        long unit = UNITS.get(age.group(2));
        return switch (age.group(1)) {
            case "Less than a" -> Duration.ZERO;
            case "About a", "About an" -> Duration.ofSeconds(unit);
            default -> Duration.ofSeconds(unit * Long.parseLong(age.group(1)));
        };
    }
}
