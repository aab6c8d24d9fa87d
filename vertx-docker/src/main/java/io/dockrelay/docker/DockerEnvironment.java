package io.dockrelay.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The environment variables that say where an engine may be. Blank ones count as unset.
 *
 * @param variables by name
 */
record DockerEnvironment(Map<String, String> variables) {

    DockerEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Null when unset. */
    String value(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String valueOr(String name, String otherwise) {
        String value = value(name);
        return value == null ? otherwise : value;
    }

    Path home() {
        return Path.of(valueOr("HOME", System.getProperty("user.home")));
    }

    /** The docker command line's folder of contexts and certificates. */
    Path configFolder() {
        String named = value("DOCKER_CONFIG");
        return named == null ? home().resolve(".docker") : Path.of(named);
    }

    /** The folder of the sockets of this user's own daemons. */
    Path runtimeFolder() {
        String named = value("XDG_RUNTIME_DIR");
        return named == null ? Path.of("/run/user", user()) : Path.of(named);
    }

    private static String user() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException elsewhere) {
            // Not Linux: the folder does not exist there either.
            return "unknown";
        }
    }
}
