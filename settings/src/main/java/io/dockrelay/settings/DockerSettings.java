package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The configured engine; empty values are detected as by the docker command.
 *
 * @param certPath the folder with cert.pem, key.pem and ca.pem
 */
public record DockerSettings(
        Optional<String> host, boolean tlsVerify, Optional<Path> certPath, Optional<String> context) {}
