package io.dockrelay.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** A process with its whole output. Ends with {@link #close()}, at the latest with the tests. */
public final class Program implements AutoCloseable {

    private static final Collection<String> OURS =
            List.of("DOCKER_", "CONTROLLER_", "RELAY_", "ENROL_", "COMPOSE_", "CLUSTER");

    private final String role;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread lastResort;
    private final Thread listener;

    private Program(String role, Process process) {
        this.role = role;
        this.process = process;
        this.lastResort = new Thread(process::destroyForcibly, "program-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    /** Starts {@code java -jar dockrelay.jar ROLE} with nothing of this machine's own settings. */
    public static Program start(String role, Map<String, String> environment) {
        return start(role, environment, List.of("-jar", Checkout.jar().toString(), role));
    }

    /** Starts a JVM of the one the tests run on. */
    public static Program start(String name, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return run(name, environment, command);
    }

    /** Starts any program from the top of the source tree. */
    public static Program run(String name, Map<String, String> environment, List<String> command) {
        var builder =
                new ProcessBuilder(command).directory(Checkout.root().toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> OURS.stream().anyMatch(key::startsWith) || key.equals("PORT"));
        builder.environment().putAll(environment);
        try {
            return new Program(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The lines so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** The complete output of a program that has ended. */
    public String wholeOutput() {
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return String.join("\n", output);
    }

    /** Waits for a line, and returns the match. */
    @CanIgnoreReturnValue
    public Matcher awaitLine(String regex) {
        return awaitLine(regex, Await.DEFAULT);
    }

    /** Waits for a line, and returns the match. */
    @CanIgnoreReturnValue
    public Matcher awaitLine(String regex, Duration atMost) {
        Pattern pattern = Pattern.compile(regex);
        try {
            return Await.await(role + " writes " + regex, atMost, () -> first(pattern));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; its output:\n" + String.join("\n", output), e);
        }
    }

    /** All lines that match so far. */
    public List<String> lines(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return output.stream().filter(line -> pattern.matcher(line).find()).toList();
    }

    /** Kills it, like a crash. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(20));
    }

    /** Stops it with SIGTERM, and returns its exit code. */
    @CanIgnoreReturnValue
    public int stop() {
        process.destroy();
        return awaitExit(Duration.ofSeconds(20));
    }

    /** Waits until it ends by itself. */
    @CanIgnoreReturnValue
    public int awaitExit(Duration atMost) {
        try {
            if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(role + " did not end; its output:\n" + String.join("\n", output));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        role + " did not stop after SIGTERM; its output:\n" + String.join("\n", output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private Matcher first(Pattern pattern) {
        return output.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElse(null);
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            output.add("(output ended: " + ended.getMessage() + ")");
        }
    }
}
