package io.dockrelay.protocol.rights;

import java.util.Map;

/** A label in a grant: {@code name=value}, or {@code name} for any value. The value may have wildcards. Immutable. */
public record LabelPattern(String name, NamePattern value) {

    public static LabelPattern of(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new LabelPattern(text, NamePattern.ANY)
                : new LabelPattern(text.substring(0, equals), new NamePattern(text.substring(equals + 1)));
    }

    /** As in a grant. */
    String text() {
        return value.equals(NamePattern.ANY) ? name : name + "=" + value.text();
    }

    public boolean matches(Map<String, String> labels) {
        return labels.containsKey(name) && value.matches(labels.get(name));
    }
}
