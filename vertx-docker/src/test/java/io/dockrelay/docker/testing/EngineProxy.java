package io.dockrelay.docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy in front of an engine's socket, with the rules of {@code deploy/engine-proxy}. Needs Debian's haproxy. The caller
 * closes it. Blocking; for one test thread at a time.
 */
public final class EngineProxy implements AutoCloseable {

    /** The rules; the working folder of tests is that of their module. */
    public static final Path RULES =
            Path.of("..", "deploy", "engine-proxy").toAbsolutePath().normalize();

    private static final int SECONDS = 20;

    private final Path folder;
    private final Path engine;
    private Process process;

    private EngineProxy(Path folder, Path engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /**
     * Returns when it accepts connections.
     *
     * @param engine the engine's socket, which may be missing
     * @param profile watch, logs or control
     */
    public static EngineProxy start(Path engine, String profile) {
        try {
            var proxy = new EngineProxy(Files.createTempDirectory("dr-proxy-"), engine);
            proxy.runOrClose(profile);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runOrClose(String profile) {
        try {
            run(profile);
        } catch (RuntimeException notStarted) {
            close();
            throw notStarted;
        }
    }

    /** Its own socket. */
    public Path socket() {
        return folder.resolve("proxy.sock");
    }

    /** Its address, as a value of DOCKER_HOST. */
    public String host() {
        return "unix://" + socket();
    }

    /** Ends it, and starts it on the same socket with another profile. */
    public void switchTo(String profile) {
        stop();
        run(profile);
    }

    /** Its log: a line for each request that it refused. */
    public List<String> refusals() {
        try {
            return Files.readAllLines(log()).stream()
                    .filter(line -> line.contains(" 403 ") || line.contains(" 400 "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(log());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void run(String profile) {
        String program = Programs.find("haproxy", "haproxy").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        program, "-db", "-f", RULES.resolve("haproxy.cfg").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment()
                .putAll(Map.of(
                        "ENGINE_PROFILE",
                        profile,
                        "ENGINE_RULES",
                        RULES.toString(),
                        "ENGINE_SOCKET",
                        engine.toString(),
                        "ENGINE_PROXY_BIND",
                        "unix@" + socket()));
        try {
            Files.deleteIfExists(socket());
            process = builder.start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (!accepts()) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new IllegalStateException("HAProxy does not start:\n" + Files.readString(log()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
