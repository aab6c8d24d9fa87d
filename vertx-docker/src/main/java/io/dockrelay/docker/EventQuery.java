package io.dockrelay.docker;

import java.util.List;
import java.util.Map;

/**
 * Which of the engine's events to receive. Events are hints: the engine drops events for a slow subscriber without
 * notice, and can replay only the last 256.
 *
 * @param since replay from this time ({@code seconds.nanoseconds}), or null for new events only
 * @param until end at this time, or null for never
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
