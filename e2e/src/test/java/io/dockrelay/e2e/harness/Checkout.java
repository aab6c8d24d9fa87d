package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Paths of the source tree under test, and free ports. */
public final class Checkout {

    private static final int FIRST_PORT = 10_000;

    /** First port of Linux's default range for outgoing connections ({@code ip_local_port_range}). */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private Checkout() {}

    /** The folder with the root pom. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("protocol/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** The program's jar, as it is distributed. */
    public static Path jar() {
        return built("dockrelay.jar");
    }

    /** The additional jar of a clustered run. */
    public static Path clusterJar() {
        return built("dockrelay-cluster.jar");
    }

    private static Path built(String name) {
        Path jar = root().resolve("deploy/target").resolve(name);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; run 'mvn package' or './test e2e'");
        }
        return jar;
    }

    /**
     * A loopback port without a listener. Outside of the range that the kernel gives to outgoing connections, because
     * it could give such a port away before a program listens on it.
     */
    public static int freePort() {
        for (int attempt = 1; attempt <= 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Tries another one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("No free port after a hundred attempts");
    }
}
