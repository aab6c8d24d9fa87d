package io.dockrelay.e2e.harness;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Runs command lines exactly as an operator types them, in a shell at the top of the source tree. */
public final class Shell {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Map<String, String> environment;

    public Shell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The whole output; throws when the command fails. */
    @CanIgnoreReturnValue
    public String run(String command) {
        try (Program shell = start(command)) {
            int exitCode = shell.awaitExit(LIMIT);
            String output = shell.wholeOutput();
            if (exitCode != 0) {
                throw new AssertionError(command + " ended with " + exitCode + ":\n" + output);
            }
            return output;
        }
    }

    /** Whether the command succeeds. */
    public boolean succeeds(String command) {
        try (Program shell = start(command)) {
            return shell.awaitExit(LIMIT) == 0;
        }
    }

    private Program start(String command) {
        return Program.run(command, environment, List.of("bash", "-c", command));
    }
}
