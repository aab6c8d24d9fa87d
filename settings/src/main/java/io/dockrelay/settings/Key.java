package io.dockrelay.settings;

/**
 * One setting.
 *
 * @param name the key in the conf file
 * @param environment the environment variable that overrides it
 * @param format of a valid value
 * @param meaning one sentence for the table in {@code docs/configuration.md}
 * @param secret whether its value must never be shown, not even in an error
 */
public record Key<T>(String name, String environment, Format<T> format, String meaning, boolean secret) {

    static <T> Key<T> of(String name, String environment, Format<T> format, String meaning) {
        return new Key<>(name, environment, format, meaning, false);
    }

    static <T> Key<T> secret(String name, String environment, Format<T> format, String meaning) {
        return new Key<>(name, environment, format, meaning, true);
    }

    /** The name in errors and log lines: the key and its variable. */
    public String title() {
        return name + " (" + environment + ")";
    }
}
