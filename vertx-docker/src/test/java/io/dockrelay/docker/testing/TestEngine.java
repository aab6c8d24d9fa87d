package io.dockrelay.docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * A real Docker engine for tests: own socket, own data, no network, one image ({@link #IMAGE}). Needs root and Debian's
 * docker.io and busybox-static.
 *
 * <p>Usually injected and shared by all test classes of a JVM ({@link OnRealEngine}). A test that kills or restarts an
 * engine creates its own with {@link #create(String...)} and closes it. Blocking; for one test thread at a time.
 */
public final class TestEngine implements AutoCloseable {

    /** Debian's static busybox: {@code sh} and all applets. */
    public static final String IMAGE = "busybox";

    private final Path folder;
    private final Dockerd dockerd;
    private final Thread lastResort;

    private TestEngine(Path folder, List<String> arguments) {
        this.folder = folder;
        this.dockerd = new Dockerd(folder, arguments, () -> dockerExitCode("version") == 0);
        this.lastResort = new Thread(this::killAndRemove, "test-engine-last-resort");
    }

    /**
     * A new engine that is ready and has the image.
     *
     * @param arguments further ones for dockerd, such as {@code --host tcp://127.0.0.1:0}
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
        return dockerd.socket();
    }

    /** Its address, as a value of DOCKER_HOST. */
    public String host() {
        return "unix://" + socket();
    }

    /** Its own folder, for certificates and similar files; deleted on close. */
    public Path folder() {
        return folder;
    }

    /** dockerd's process id. */
    public long pid() {
        return dockerd.pid();
    }

    /** Starts it again on the same data; returns when it is ready. Does nothing when it runs. */
    public void start() {
        dockerd.start();
    }

    /** Stops it with SIGTERM; running containers are stopped too. */
    public void stop() {
        dockerd.stop();
    }

    /** Ends it at once, like a crash: open connections break, containers may continue. */
    public void kill() {
        dockerd.kill();
    }

    /** {@link #stop()} and {@link #start()}. */
    public void restart() {
        stop();
        start();
    }

    /** Stops all its threads with SIGSTOP: the kernel accepts connections, and no request is answered. */
    public void freeze() {
        dockerd.signal("STOP");
    }

    /** Undoes {@link #freeze()}. */
    public void thaw() {
        dockerd.signal("CONT");
    }

    /** Runs the docker command line against it and returns its standard output, stripped; throws when it fails. */
    @CanIgnoreReturnValue
    public String docker(String... command) {
        return Programs.runOrFail(environment(), client(command)).strip();
    }

    /** The same for tests that expect a failure. */
    public int dockerExitCode(String... command) {
        return Programs.run(environment(), client(command)).exitCode();
    }

    /** The environment of a docker command line for it: DOCKER_HOST, and a config folder of its own. */
    public Map<String, String> environment() {
        return Map.of(
                "DOCKER_HOST", host(), "DOCKER_CONFIG", folder.resolve("client").toString());
    }

    /**
     * Starts a container that runs a shell script.
     *
     * @param options further ones for {@code docker run}, such as {@code --tty} or {@code --label a=b}
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
        if (dockerd.isRunning()) {
            thaw();
            // Before the stop, which would wait ten seconds per script.
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

    private List<String> client(String... command) {
        return Stream.concat(Stream.of(Programs.find("docker", "docker.io").toString()), Stream.of(command))
                .toList();
    }
}
