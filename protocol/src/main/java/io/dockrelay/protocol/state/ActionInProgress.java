package io.dockrelay.protocol.state;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An action that has begun on a container and has not ended.
 *
 * @param by the requester; null when unknown
 * @param since when it began
 * @param grace seconds from then until the engine kills the container, in a stop or a restart; null when they are not known,
 *     and when the engine never does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionInProgress(ContainerAction action, String by, Instant since, Long grace) {}
