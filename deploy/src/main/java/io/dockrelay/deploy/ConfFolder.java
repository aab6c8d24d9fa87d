package io.dockrelay.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the folder of the configuration files, and the log's configuration in it. */
final class ConfFolder {

    private static final String LOGBACK = "logback.configurationFile";

    private ConfFolder() {}

    /**
     * {@code --conf}, else DOCKRELAY_CONF, else {@code conf} in the working directory; empty if there is none, because every
     * default is in the jar.
     */
    static Optional<Path> find(Optional<Path> option, Map<String, String> environment) {
        Optional<Path> named = option.or(() -> Optional.ofNullable(environment.get("DOCKRELAY_CONF"))
                .filter(name -> !name.isBlank())
                .map(Path::of));
        if (named.isPresent() && !Files.isDirectory(named.get())) {
            throw new StartupException("There is no folder " + named.get() + " for the configuration: see --conf and"
                    + " DOCKRELAY_CONF.");
        }
        return named.or(() -> Optional.of(Path.of("conf")).filter(ConfFolder::isOurs));
    }

    /** Selects the folder's logback.xml unless a property is set; must run before the first log line. */
    static void useItsLogging(Path folder) {
        Path file = folder.resolve("logback.xml");
        if (Files.isReadable(file) && System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, file.toString());
        }
    }

    /** Another program's folder may be called conf, too. */
    private static boolean isOurs(Path folder) {
        return Files.isRegularFile(folder.resolve("controller.json"))
                || Files.isRegularFile(folder.resolve("relay.json"));
    }
}
