package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where a tail starts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TailFrom.Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = TailFrom.After.class, name = "after")
})
public sealed interface TailFrom {

    /** With the newest {@code count} lines; 0 follows only. */
    record Lines(int count) implements TailFrom {}

    /** Exactly after the line at this encoded cursor. */
    record After(String cursor) implements TailFrom {}
}
