package io.dockrelay.protocol.details;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A mount of a container.
 *
 * @param type {@code bind}, {@code volume}, {@code tmpfs}; null when the engine does not report it
 * @param name of a volume; null otherwise
 * @param source on the host; null for none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record MountPoint(String type, String name, String source, String destination, boolean readOnly) {}
