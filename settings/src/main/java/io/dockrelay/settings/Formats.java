package io.dockrelay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;

/** The common formats of settings. {@link AddressFormats} has those of addresses. */
final class Formats {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");
    private static final int KEY_BYTES = 32;

    private Formats() {}

    static Format<Integer> integer(int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return new Format<>(
                        expected,
                        json -> json instanceof Integer value ? Optional.of(value) : Optional.empty(),
                        Formats::wholeNumber)
                .where(expected, value -> value >= min && value <= max);
    }

    static Format<Boolean> flag() {
        return new Format<>(
                "true or false",
                json -> json instanceof Boolean value ? Optional.of(value) : Optional.empty(),
                Formats::yesOrNo);
    }

    /** A number and its unit: {@code 500ms}, {@code 2s}, {@code 1m}, {@code 1h}. A bare number is invalid. */
    static Format<Duration> duration(Duration min, Duration max) {
        String expected = "a duration with its unit (500ms, 2s, 1m or 1h) from " + written(min) + " to " + written(max);
        return Format.ofText(expected, Formats::parseDuration)
                .where(expected, value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
    }

    static Format<String> text(String expected, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return Format.ofText(expected, text -> compiled.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    /** A JSON array of texts; in the environment one text with the separator between the elements. */
    static <T> Format<List<T>> list(Format<T> element, String separator) {
        return new Format<>(
                "a list (in the environment with '" + separator + "' between its elements) of which each is "
                        + element.expected(),
                json -> json instanceof JsonArray array
                        ? all(array.stream().toList(), element.fromJson())
                        : Optional.empty(),
                text -> all(
                        List.of(text.split(Pattern.quote(separator))),
                        part -> element.fromText().apply(part.strip())));
    }

    /** A token or a password that travels in a header: printable characters without blanks. */
    static Format<Secret> secret(int shortest) {
        return text(
                        "a text of at least " + shortest + " letters, digits or signs, without blanks",
                        "[\\x21-\\x7e]{" + shortest + ",512}")
                .map(Secret::of);
    }

    /** A key of 32 bytes. */
    static Format<Secret> key32() {
        return Format.ofText("32 bytes in base64, as openssl rand -base64 32 prints them", Formats::parseKey);
    }

    /** The path of a file that need not be there. */
    static Format<Path> anyFile() {
        return Format.ofText("the path of a file", Formats::parsePath);
    }

    static Format<Path> file() {
        return path("the path of a file that can be read", Files::isRegularFile);
    }

    static Format<Path> folder() {
        return path("the path of a folder that can be read", Files::isDirectory);
    }

    /** A folder that is made when it is missing. */
    static Format<Path> newFolder() {
        String expected = "the path of a folder, which is made when it is missing";
        return Format.ofText(expected, Formats::parsePath)
                .where(expected, path -> Files.notExists(path) || Files.isDirectory(path));
    }

    private static Format<Path> path(String expected, Predicate<Path> kind) {
        return Format.ofText(expected, Formats::parsePath)
                .where(expected, path -> kind.test(path) && Files.isReadable(path));
    }

    private static Optional<Path> parsePath(String text) {
        return text.isEmpty() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static Optional<Secret> parseKey(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == KEY_BYTES ? Optional.of(new Secret(bytes)) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> wholeNumber(String text) {
        return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Optional<Boolean> yesOrNo(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return YES.contains(lower) ? Optional.of(true) : NO.contains(lower) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    private static String written(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 60 == 0 && !duration.isZero()
                ? duration.toMinutes() + "m"
                : duration.toSeconds() + "s";
    }

    private static <I, T> Optional<List<T>> all(List<? extends I> inputs, Function<I, Optional<T>> parse) {
        List<T> values = new ArrayList<>();
        for (I input : inputs) {
            Optional<T> value = parse.apply(input);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }
}
