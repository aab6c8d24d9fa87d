package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a dashboard shows in addition to the state; every part is null when it is not known. The fields are directly in the
 * container's JSON object.
 *
 * @param image the reference that the container was created with; null when it is not known
 * @param project the compose project or swarm stack; null for none
 * @param service the compose or swarm service; null for none
 * @param startedAt when it last started; Docker's year-0001 zero time is null
 * @param finishedAt when it last ended; Docker's year-0001 zero time is null
 * @param exitCode of the last run; null while running
 * @param restartCount restarts by the engine's restart policy
 * @param imageId 12 hex digits, if {@code image} is no longer a tag of the container's image; otherwise null
 * @param restartLoop null while the container is in none
 * @param endRequested whether a person or a program requested the end of the last run; null while the container is up, and
 *     when it is not known
 * @param cpuLimit in cores; null when it has none
 * @param error the engine's sentence about why the container could not be started; null while it is up
 * @param labels those that rights depend on, for the relay; browsers do not get them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Details(
        String image,
        String project,
        String service,
        Instant startedAt,
        Instant finishedAt,
        Integer exitCode,
        Boolean oomKilled,
        Integer restartCount,
        List<PublishedPort> ports,
        @JsonInclude(JsonInclude.Include.NON_NULL) String imageId,
        @JsonInclude(JsonInclude.Include.NON_NULL) RestartLoop restartLoop,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean endRequested,
        @JsonInclude(JsonInclude.Include.NON_NULL) String error,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double cpuLimit,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels) {

    public static final Details NOTHING_KNOWN = ofService(null, null, null);

    public Details {
        ports = ports == null ? null : List.copyOf(ports);
        labels = withoutNulls(labels);
    }

    /** All that is known of a service without a container. */
    public static Details ofService(String image, String project, String service) {
        return ofService(image, project, service, Map.of());
    }

    /** The same with the labels that rights depend on. */
    public static Details ofService(String image, String project, String service, Map<String, String> labels) {
        return new Details(
                image, project, service, null, null, null, null, null, null, null, null, null, null, null, labels);
    }

    /** The same with these labels. */
    public Details withLabels(Map<String, String> replaced) {
        return labels.equals(replaced)
                ? this
                : new Details(
                        image,
                        project,
                        service,
                        startedAt,
                        finishedAt,
                        exitCode,
                        oomKilled,
                        restartCount,
                        ports,
                        imageId,
                        restartLoop,
                        endRequested,
                        error,
                        cpuLimit,
                        replaced);
    }

    /** A label whose value another program wrote as null in JSON counts as an empty one: it may hide the container. */
    private static Map<String, String> withoutNulls(Map<String, String> labels) {
        if (labels == null || labels.isEmpty()) {
            return Map.of();
        }
        Map<String, String> present = new TreeMap<>();
        labels.forEach((name, value) -> present.put(name, value == null ? "" : value));
        return Collections.unmodifiableMap(present);
    }
}
