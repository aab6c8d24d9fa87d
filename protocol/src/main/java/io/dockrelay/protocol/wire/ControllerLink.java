package io.dockrelay.protocol.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * An element of {@code controllers[]}.
 *
 * @param since when this state began
 * @param attempt attempts since the last connection; 0 while connected
 * @param retryInMs until the next attempt; null unless waiting for one
 * @param features beyond version 1; null before the first connection
 * @param labels to group and filter by
 * @param allow permissions that it gives to any client; null when it gives all, or is not known
 * @param replaces ids of the controllers that answered at the same configured URL before
 * @param message why there is no connection, as a sentence; null while there is one, or when it is not known
 * @param link how it is reached, and what was measured of that; null when it is not known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ControllerLink(
        String controller,
        LinkState state,
        Instant since,
        int attempt,
        Long retryInMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> features,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> allow,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> replaces,
        @JsonInclude(JsonInclude.Include.NON_NULL) String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) LinkMeasure link) {

    public ControllerLink {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        replaces = replaces == null ? List.of() : List.copyOf(replaces);
    }

    /** The same link with its measurements. */
    public ControllerLink measured(LinkMeasure measure) {
        return new ControllerLink(
                controller, state, since, attempt, retryInMs, features, labels, allow, replaces, message, measure);
    }
}
