package io.dockrelay.docker;

import java.util.List;
import java.util.Map;

/**
 * Which of the engine's events to hear. Events are hints: a slow listener loses some silently, and only the last 256
 * can be replayed.
 *
 * @param since replay from here ({@code seconds.nanoseconds}), or null for new events only
 * @param until end here, or null for never
 * @param filters the engine's filters by name, such as {@code type=[container], event=[start, die]}; empty for all
 */
public record EventQuery(String since, String until, Map<String, List<String>> filters) {

    public EventQuery {
        filters = Map.copyOf(filters);
    }

    /** Everything from now on. */
    public static EventQuery all() {
        return new EventQuery(null, null, Map.of());
    }

    /** Containers' events from now on. */
    public static EventQuery containers() {
        return new EventQuery(null, null, Map.of("type", List.of("container")));
    }
}
