package io.dockrelay.protocol.logs;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that happened between two lines of a tail. It travels in the batches, so its position is exact. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mark")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TailMark.State.class, name = "state"),
    @JsonSubTypes.Type(value = TailMark.Gap.class, name = "gap")
})
public sealed interface TailMark {

    /**
     * The container's state changed.
     *
     * @param name the container's name from here on
     * @param at when; the engine's time if it gave one
     * @param message a sentence for people; null when the kind is enough
     */
    record State(LogStateKind state, String name, Instant at, String message) implements TailMark {}

    /**
     * Lines are missing here.
     *
     * @param from cursor of the last line before the gap; null when there is none
     * @param to cursor of the first line after the gap; null when it is unknown
     * @param count missing lines; null when their number is unknown
     */
    record Gap(GapReason reason, String from, String to, Long count) implements TailMark {}
}
