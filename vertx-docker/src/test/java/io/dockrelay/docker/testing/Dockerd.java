package io.dockrelay.docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A dockerd process with a folder of its own. Started, stopped and killed by its pid, any number of times. */
final class Dockerd {

    /** Environment variable with the path of the dockerd to test with, in place of the installed one. */
    private static final String PROGRAM = "DOCKRELAY_TEST_DOCKERD";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> arguments;
    private final BooleanSupplier answers;
    /** Null while stopped. */
    private Process process;

    /** @param answers whether the engine answers a request, which ends its start */
    Dockerd(Path folder, List<String> arguments, BooleanSupplier answers) {
        this.folder = folder;
        this.arguments = arguments;
        this.answers = answers;
    }

    Path socket() {
        return folder.resolve("docker.sock");
    }

    boolean isRunning() {
        return process != null;
    }

    long pid() {
        return process.pid();
    }

    void start() {
        if (isRunning()) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("pid"));
            process = new ProcessBuilder(commandLine())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        if (!isRunning()) {
            return;
        }
        process.destroy();
        if (ended(LIMIT)) {
            process = null;
        } else {
            kill();
        }
    }

    void kill() {
        if (!isRunning()) {
            return;
        }
        process.destroyForcibly();
        if (!ended(LIMIT)) {
            throw new IllegalStateException("dockerd " + pid() + " survived SIGKILL");
        }
        process = null;
        try {
            new Leftovers(folder).endContainerd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name of a signal, as an argument of kill */
    void signal(String name) {
        if (isRunning()) {
            Programs.runOrFail(Map.of(), List.of("kill", "-" + name, Long.toString(pid())));
        }
    }

    private List<String> commandLine() {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of("--data-root", folder.resolve("data").toString()));
        command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
        command.addAll(List.of("--pidfile", folder.resolve("pid").toString(), "--host", "unix://" + socket()));
        command.addAll(List.of("--bridge=none", "--iptables=false", "--ip6tables=false"));
        command.addAll(arguments);
        return command;
    }

    private static String program() {
        String chosen = System.getenv(PROGRAM);
        return chosen == null ? Programs.find("dockerd", "docker.io").toString() : chosen;
    }

    /** The socket exists before dockerd listens, and dockerd listens before it is ready; so wait for an answer. */
    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!(accepts() && answers.getAsBoolean())) {
            if (ended(Duration.ofMillis(20)) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                process = null;
                throw new IllegalStateException(
                        "dockerd did not start; run these tests as root. The end of its log:\n" + tail());
            }
        }
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path log() {
        return folder.resolve("dockerd.log");
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for dockerd " + pid(), e);
        }
    }
}
