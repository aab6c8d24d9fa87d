package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which engine, where the configuration says so; what is empty is found as the docker command finds it.
 *
 * @param certPath the folder of cert.pem, key.pem and ca.pem
 */
public record DockerSettings(
        Optional<String> host, boolean tlsVerify, Optional<Path> certPath, Optional<String> context) {}
