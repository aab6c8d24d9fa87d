package io.dockrelay.docker.stream;

import java.util.List;
import java.util.Map;

/**
 * A response whose head has arrived.
 *
 * @param status the HTTP status code; 101 when the connection now carries bytes without framing in both directions
 * @param headers by name, without regard to case
 * @param body paused
 */
public record ReceivedResponse(int status, Map<String, List<String>> headers, BodyStream body) {}
