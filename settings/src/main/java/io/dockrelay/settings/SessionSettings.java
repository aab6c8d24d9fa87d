package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The sessions of those who have signed in. Immutable.
 *
 * @param folder for the session key, and for what has to survive a restart
 * @param key of 32 bytes that encrypts the cookies; empty: one that is made in the folder
 * @param idle without use after which a session ends
 * @param longest time after which a session ends
 */
public record SessionSettings(Path folder, Optional<Secret> key, Duration idle, Duration longest) {}
