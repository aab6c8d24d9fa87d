package io.dockrelay.controller.server;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The query parameters of a start, stop or restart, checked. Pure.
 *
 * @param patience how long to wait for the state; null for no wait
 * @param force whether Dockrelay's own containers are allowed
 * @param by the user for whom a relay asks; null for a request without a relay
 */
record ControlParameters(Duration patience, boolean force, String by) {

    /** In seconds; longer than any sensible stop grace in an HTTP request. */
    private static final int LONGEST_WAIT = 300;

    /** An address or a name; other characters could be misleading in a message. */
    private static final Pattern USER = Pattern.compile("[\\w.:@%-]{1,128}");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");

    /**
     * @param parameter returns the value of a query parameter; null when it is missing
     * @throws IllegalArgumentException with a sentence for the caller
     */
    static ControlParameters of(UnaryOperator<String> parameter) {
        return new ControlParameters(
                patience(parameter.apply("wait")), force(parameter.apply("force")), by(parameter.apply("by")));
    }

    private static String by(String value) {
        if (value != null && !USER.matcher(value).matches()) {
            throw new IllegalArgumentException("\"by\" is an address or a name of at most 128 characters.");
        }
        return value;
    }

    private static Duration patience(String value) {
        if (value == null) {
            return null;
        }
        int seconds = SECONDS.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (seconds < 1 || seconds > LONGEST_WAIT) {
            throw new IllegalArgumentException("\"wait\" is a whole number of seconds from 1 to " + LONGEST_WAIT + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    private static boolean force(String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw new IllegalArgumentException("\"force\" is true or false.");
        }
        return true;
    }
}
