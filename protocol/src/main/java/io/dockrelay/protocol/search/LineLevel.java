package io.dockrelay.protocol.search;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The level of a log line, where its format puts it; {@code golden/levels.tsv} holds the specification as examples. */
public enum LineLevel {
    /** Fatal too. */
    ERROR,
    WARN,
    INFO,
    DEBUG,
    /** No level, or one that is not known. */
    OTHER;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a sentence for the client */
    @JsonCreator
    public static LineLevel of(String wireName) {
        for (LineLevel level : values()) {
            if (level.wireName().equals(wireName)) {
                return level;
            }
        }
        throw new IllegalArgumentException("\"levels\" is a list of error, warn, info, debug and other.");
    }
}
