package io.dockrelay.settings;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The format of a valid value in a conf file and in an environment variable, and its conversion to a typed one. Pure.
 *
 * @param expected completes "… but must be"
 * @param fromJson the typed value of a JSON value, empty if it is invalid
 * @param fromText the same for an environment variable's text, trimmed and never blank
 */
public record Format<T>(
        String expected, Function<Object, Optional<T>> fromJson, Function<String, Optional<T>> fromText) {

    /** A format whose JSON form is the same text as in the environment. */
    static <T> Format<T> ofText(String expected, Function<String, Optional<T>> parse) {
        return new Format<>(
                expected, json -> json instanceof String text ? parse.apply(text.strip()) : Optional.empty(), parse);
    }

    /** The same with another type of value. */
    <R> Format<R> map(Function<T, R> conversion) {
        return new Format<>(
                expected,
                json -> fromJson.apply(json).map(conversion),
                text -> fromText.apply(text).map(conversion));
    }

    /** The same with a further condition on the value. */
    Format<T> where(String narrower, Predicate<T> holds) {
        return new Format<>(
                narrower,
                json -> fromJson.apply(json).filter(holds),
                text -> fromText.apply(text).filter(holds));
    }

    /** The same, or nothing: an empty text in the conf file. */
    Format<Optional<T>> orEmpty() {
        return new Format<>(
                expected + ", or empty",
                json -> "".equals(json) ? Optional.of(Optional.empty()) : present(fromJson.apply(json)),
                text -> present(fromText.apply(text)));
    }

    /** The same, or nothing: a word, which an environment variable can say as well. */
    Format<Optional<T>> or(String word) {
        return new Format<>(
                expected + ", or \"" + word + "\"",
                json -> word.equals(json) ? Optional.of(Optional.empty()) : present(fromJson.apply(json)),
                text -> word.equals(text) ? Optional.of(Optional.empty()) : present(fromText.apply(text)));
    }

    private static <T> Optional<Optional<T>> present(Optional<T> value) {
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }
}
