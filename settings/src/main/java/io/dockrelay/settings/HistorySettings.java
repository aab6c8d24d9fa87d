package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a controller keeps of the past load of its containers. Immutable.
 *
 * @param step between two measurements of a container; empty: nothing is measured for it
 * @param folder where it survives a restart; empty: in memory only
 */
public record HistorySettings(Optional<Duration> step, Optional<Path> folder) {}
