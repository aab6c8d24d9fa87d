package io.dockrelay.protocol.state;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The state before the engine or the controller went away. The fields are directly in the container's JSON object.
 *
 * @param asOf when it was last observed
 */
public record LastKnown(
        @JsonProperty("last_status") ContainerStatus status,
        @JsonProperty("last_health") Health health,
        @JsonProperty("as_of") Instant asOf) {}
