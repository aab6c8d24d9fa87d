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

/** Runs the machine's own programs for the fixture; a missing one fails with the package to install. */
final class Programs {

    /** Debian installs dockerd in a folder that is not on every user's path. */
    private static final List<String> MORE_FOLDERS =
            List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Programs() {}

    /** A program's path. */
    static Path find(String program, String debianPackage) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), MORE_FOLDERS.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + program
                        + " on this machine, but these tests start a Docker engine of their own. Run"
                        + " 'apt-get install " + debianPackage + "', or ./test, which installs it."));
    }

    /** The result of a program that has ended. */
    record Outcome(int exitCode, String output, String errors) {}

    static Outcome run(Map<String, String> environment, List<String> command) {
        return run(environment, command, LIMIT);
    }

    /** Runs a program to its end. Output goes to files, so that neither stream can block the other. */
    private static Outcome run(Map<String, String> environment, List<String> command, Duration limit) {
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
            int exitCode = finish(builder.start(), command, limit);
            return new Outcome(exitCode, text(output), text(errors));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + String.join(" ", command), e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    /** Runs a program to its end and returns its standard output; throws when its exit code is not 0. */
    @CanIgnoreReturnValue
    static String runOrFail(Map<String, String> environment, List<String> command) {
        return runOrFail(environment, command, LIMIT);
    }

    /** The same, for a program that may take longer than others. */
    @CanIgnoreReturnValue
    static String runOrFail(Map<String, String> environment, List<String> command, Duration limit) {
        Outcome outcome = run(environment, command, limit);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + outcome.exitCode() + ": "
                    + outcome.errors().strip());
        }
        return outcome.output();
    }

    private static int finish(Process process, List<String> command, Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " did not end within " + limit);
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
