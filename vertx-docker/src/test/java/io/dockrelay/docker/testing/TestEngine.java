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
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * A real Docker engine of the test's own: own socket, own data, no network, one image ({@link #IMAGE}). Needs root and
 * Debian's docker.io and busybox-static.
 *
 * <p>Mostly injected and shared by all test classes of a JVM ({@link OnRealEngine}); a test that kills or restarts makes
 * one for itself with {@link #create(String...)} and closes it. Blocking, for test threads; not for several at a time.
 */
public final class TestEngine implements AutoCloseable {

    /** Debian's static busybox; {@code sh} and all applets. */
    public static final String IMAGE = "busybox";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> arguments;
    private final Thread lastResort;
    /** Null while stopped. */
    private Process dockerd;

    private TestEngine(Path folder, List<String> arguments) {
        this.folder = folder;
        this.arguments = arguments;
        this.lastResort = new Thread(this::killAndRemove, "test-engine-last-resort");
    }

    /**
     * A new engine that answers, with the image in it.
     *
     * @param arguments more for dockerd, such as {@code --host tcp://127.0.0.1:0}
     */
    public static TestEngine create(String... arguments) {
        try {
            TestEngine engine = new TestEngine(Files.createTempDirectory("dr-engine-"), List.of(arguments));
            Runtime.getRuntime().addShutdownHook(engine.lastResort);
            Path archive = BusyboxImage.archive(engine.folder);
            engine.start();
            engine.docker("import", archive.toString(), IMAGE);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its socket's path. */
    public Path socket() {
        return folder.resolve("docker.sock");
    }

    /** Its address as DOCKER_HOST takes it. */
    public String host() {
        return "unix://" + socket();
    }

    /** A folder of its own that goes with it, for certificates and the like. */
    public Path folder() {
        return folder;
    }

    /** dockerd's process id. */
    public long pid() {
        return dockerd.pid();
    }

    /** Starts it again on the same data; returns when it answers. Nothing happens when it runs. */
    public void start() {
        if (dockerd != null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("pid"));
            dockerd = new ProcessBuilder(commandLine())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as an operator would; running containers are stopped too. */
    public void stop() {
        if (dockerd == null) {
            return;
        }
        dockerd.destroy();
        if (!ended()) {
            kill();
        }
        dockerd = null;
    }

    /** Ends it at once, as a crash would: open connections break, containers may go on. */
    public void kill() {
        if (dockerd == null) {
            return;
        }
        dockerd.destroyForcibly();
        if (!ended()) {
            throw new IllegalStateException("dockerd " + dockerd.pid() + " survived SIGKILL");
        }
        dockerd = null;
        try {
            new Leftovers(folder).endContainerd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #stop()} and {@link #start()}. */
    public void restart() {
        stop();
        start();
    }

    /** Stops all its threads where they are: connections are taken by the kernel and nobody answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Undoes {@link #freeze()}. */
    public void thaw() {
        signal("CONT");
    }

    /** Runs the docker command line against it and returns its standard output, stripped; a failure fails the test. */
    @CanIgnoreReturnValue
    public String docker(String... command) {
        return Programs.runOrFail(environment(), client(command)).strip();
    }

    /** The same where a failure is what the test is about. */
    public int dockerExitCode(String... command) {
        return Programs.run(environment(), client(command)).exitCode();
    }

    /** What a command line needs to reach it: DOCKER_HOST, and a config folder that is nobody's. */
    public Map<String, String> environment() {
        return Map.of(
                "DOCKER_HOST", host(), "DOCKER_CONFIG", folder.resolve("client").toString());
    }

    /**
     * Starts a container that runs a shell script.
     *
     * @param options more for {@code docker run}, such as {@code --tty} or {@code --label a=b}
     * @return the full id
     */
    @CanIgnoreReturnValue
    public String run(String name, String script, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--network", "none", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(IMAGE, "sh", "-c", script));
        return docker(command.toArray(String[]::new));
    }

    /** The same with labels. */
    @CanIgnoreReturnValue
    public String run(String name, Map<String, String> labels, String script, String... options) {
        Stream<String> all = labels.entrySet().stream()
                .flatMap(label -> Stream.of("--label", label.getKey() + "=" + label.getValue()));
        return run(name, script, Stream.concat(all, Stream.of(options)).toArray(String[]::new));
    }

    /** Waits until a container has ended by itself and returns its exit code. */
    @CanIgnoreReturnValue
    public int awaitExit(String name) {
        return Integer.parseInt(docker("wait", name));
    }

    /** Removes every container, running or not. */
    public void removeContainers() {
        String all = docker("ps", "--all", "--quiet");
        if (!all.isEmpty()) {
            docker(Stream.concat(Stream.of("rm", "--force", "--volumes"), Stream.of(all.split("\\s+")))
                    .toArray(String[]::new));
        }
    }

    /** Removes the containers, stops the engine and deletes its folder. Idempotent. */
    @Override
    public void close() {
        if (Files.notExists(folder)) {
            return;
        }
        if (dockerd != null) {
            thaw();
            // Before the stop, which would give each script its ten seconds of grace.
            removeContainers();
        }
        stop();
        remove();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void killAndRemove() {
        if (Files.exists(folder)) {
            kill();
            remove();
        }
    }

    private void remove() {
        try {
            new Leftovers(folder).remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> commandLine() {
        List<String> command =
                new ArrayList<>(List.of(Programs.find("dockerd", "docker.io").toString()));
        command.addAll(List.of("--data-root", folder.resolve("data").toString()));
        command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
        command.addAll(List.of("--pidfile", folder.resolve("pid").toString(), "--host", host()));
        command.addAll(List.of("--bridge=none", "--iptables=false", "--ip6tables=false"));
        command.addAll(arguments);
        return command;
    }

    private List<String> client(String... command) {
        return Stream.concat(Stream.of(Programs.find("docker", "docker.io").toString()), Stream.of(command))
                .toList();
    }

    private Path log() {
        return folder.resolve("dockerd.log");
    }

    /** The socket exists before anybody listens, and dockerd listens before it is ready; ping is the truth. */
    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(accepts() && dockerExitCode("version") == 0)) {
            if (!dockerd.isAlive() || System.nanoTime() > deadline) {
                dockerd.destroyForcibly();
                dockerd = null;
                throw new IllegalStateException(
                        "dockerd did not start (it needs root); the end of its log:\n" + tail());
            }
            awaitAMoment();
        }
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private void awaitAMoment() {
        try {
            // Ends early when dockerd does.
            boolean ignored = dockerd.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean ended() {
        try {
            return dockerd.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String name) {
        if (dockerd != null) {
            Programs.runOrFail(Map.of(), List.of("kill", "-" + name, Long.toString(dockerd.pid())));
        }
    }
}
