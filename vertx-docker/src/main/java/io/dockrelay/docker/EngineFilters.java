package io.dockrelay.docker;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The engine's filters by name, in the form of its API. Pure. */
final class EngineFilters {

    private EngineFilters() {}

    /** As JSON; null when there are none. */
    static String text(Map<String, List<String>> filters, ObjectMapper json) {
        try {
            return filters.isEmpty() ? null : json.writeValueAsString(filters);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Strings are always JSON", impossible);
        }
    }
}
