package io.dockrelay.protocol.state;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One port of a container.
 *
 * @param ip the host's address it is published on; null when it is not published
 * @param privatePort the port inside the container
 * @param publicPort the port on the host; null when it is not published
 * @param type {@code tcp}, {@code udp} or {@code sctp}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PublishedPort(String ip, int privatePort, Integer publicPort, String type) {}
