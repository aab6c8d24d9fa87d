package io.dockrelay.protocol.state;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was known before the engine or the controller went away. The fields stand directly in the container's JSON
 * object.
 *
 * @param asOf when it was last seen to be so
 */
public record LastKnown(
        @JsonProperty("last_status") ContainerStatus status,
        @JsonProperty("last_health") Health health,
        @JsonProperty("as_of") Instant asOf) {}
