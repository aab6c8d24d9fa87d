package io.dockrelay.controller.details;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.details.NamedValue;

/**
 * Finds values in a container's configuration that look like secrets, by name or by form, and masks them. If in doubt, a value
 * is masked. Pure.
 */
final class SecretMask {

    /** Replaces the secret part of a text. */
    static final String HIDDEN = "•••";

    private static final String WORDS =
            "pass|pwd|secret|token|key|credential|auth|private|signature|salt|cookie|session"
                    + "|webhook|dsn|cert|connection.?string|bearer";

    private static final Pattern NAME = Pattern.compile(WORDS, Pattern.CASE_INSENSITIVE);

    /** The shell's working directories, whose names end like a password, and paths. */
    private static final Pattern HARMLESS = Pattern.compile("(OLD)?PWD|[A-Z_]*(PATH|FILE|DIR)");

    /**
     * {@code postgres://user:word@host}, and a token in place of the user. Values may be megabytes, and this runs on an event
     * loop: here and below each character is tried a fixed number of times.
     */
    private static final Pattern USER_INFO =
            Pattern.compile("(?<=[a-z0-9+.-]://)[^/\\s@]++@", Pattern.CASE_INSENSITIVE);

    /**
     * {@code --password=word}, {@code -Dtoken=word}, {@code ?token=word}, {@code Authorization: Bearer word}. A name is looked
     * at once, from its first character, and never in parts; only "connection string" is a name of two words.
     */
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?<![\\w.-])(?=[\\w.-]*?(?:" + WORDS + "))"
                    + "((?:[\\w.-]*+(?<=connection).(?=string))?[\\w.-]++)(=|:\\s?)"
                    + "(?!//)(?:(?:bearer|basic)\\s++)?[^\\s&]++",
            Pattern.CASE_INSENSITIVE);

    /** A stream's address ends in its key: {@code rtmp://host/app/key}. */
    private static final Pattern STREAM_KEY =
            Pattern.compile("(rtmps?://[^/\\s]+/[^/\\s]+/)[^\\s]+", Pattern.CASE_INSENSITIVE);

    /** An option whose value is the next argument. */
    private static final Pattern OPTION = Pattern.compile("--?[\\w.-]+");

    private SecretMask() {}

    static boolean isSecretName(String name) {
        return NAME.matcher(name).find() && !HARMLESS.matcher(name).matches();
    }

    /** @param reveal whether nothing is masked */
    static NamedValue named(String name, String value, boolean reveal) {
        boolean secret =
                !reveal && value != null && !value.isEmpty() && (isSecretName(name) || !value.equals(hide(value)));
        return new NamedValue(name, secret ? null : value, secret);
    }

    /** A command's arguments, with what looks like a secret replaced. */
    static List<String> arguments(List<String> arguments, boolean reveal) {
        if (reveal) {
            return arguments;
        }
        List<String> shown = new ArrayList<>(arguments.size());
        boolean hideNext = false;
        for (String argument : arguments) {
            boolean option = OPTION.matcher(argument).matches();
            shown.add(hideNext && !option ? HIDDEN : hide(argument));
            hideNext = option && isSecretName(argument);
        }
        return shown;
    }

    /** A text, such as an argument or an address, with what looks like a secret in it replaced. */
    static String hide(String text) {
        String addresses = STREAM_KEY
                .matcher(USER_INFO.matcher(text).replaceAll(HIDDEN + "@"))
                .replaceAll("$1" + HIDDEN);
        return ASSIGNED.matcher(addresses)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isSecretName(found.group(1)) ? found.group(1) + found.group(2) + HIDDEN : found.group()));
    }
}
