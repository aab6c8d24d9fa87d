package io.dockrelay.docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Runs the machine's own programs for the fixture, and says what to install when one is missing. */
final class Programs {

    /** Debian keeps dockerd in a folder that is not on everybody's path. */
    private static final List<String> MORE_PLACES =
            List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Programs() {}

    /** Where a program is. */
    static Path find(String program, String debianPackage) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), MORE_PLACES.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + program
                        + " on this machine: these tests start a Docker engine of their own. Install it with"
                        + " 'apt-get install " + debianPackage + "', or run ./test, which does."));
    }

    /** What a finished program left. */
    record Outcome(int exitCode, String output, String errors) {}

    /** Runs to the end. Output goes through files, so that neither stream can block the other. */
    static Outcome run(Map<String, String> environment, List<String> command) {
        Path output = temporary("out");
        Path errors = temporary("err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
            builder.environment().putAll(environment);
            int exitCode = finish(builder.start(), command);
            return new Outcome(exitCode, text(output), text(errors));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + String.join(" ", command), e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    /** Runs to the end and returns its standard output; fails the test when the program failed. */
    @CanIgnoreReturnValue
    static String runOrFail(Map<String, String> environment, List<String> command) {
        Outcome outcome = run(environment, command);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + outcome.exitCode() + ": "
                    + outcome.errors().strip());
        }
        return outcome.output();
    }

    private static int finish(Process process, List<String> command) {
        try {
            if (process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " did not end within " + PATIENCE);
    }

    private static Path temporary(String suffix) {
        try {
            return Files.createTempFile("dockrelay-", suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
