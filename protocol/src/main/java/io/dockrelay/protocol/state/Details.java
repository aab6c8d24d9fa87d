package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a dashboard shows in addition to the state; every part is null when it is not known. The fields are directly in the
 * container's JSON object.
 *
 * @param project the compose project
 * @param service the compose service
 * @param startedAt when it last started; Docker's year-0001 zero time is null
 * @param finishedAt when it last ended; Docker's year-0001 zero time is null
 * @param exitCode of the last run; null while running
 * @param restartCount restarts by the engine's restart policy
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
        List<PublishedPort> ports) {

    public static final Details NOTHING_KNOWN = new Details(null, null, null, null, null, null, null, null, null);

    public Details {
        ports = ports == null ? null : List.copyOf(ports);
    }
}
