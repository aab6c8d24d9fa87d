package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Where things are in the source tree that is being tested. */
public final class Checkout {

    private static final int FIRST_PORT = 10_000;

    /** Of Linux's default range for connections ({@code ip_local_port_range}). */
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

    /** The program as it is given to people. */
    public static Path jar() {
        return built("dockrelay.jar");
    }

    /** What a clustered run needs beside it. */
    public static Path clusterJar() {
        return built("dockrelay-cluster.jar");
    }

    private static Path built(String name) {
        Path jar = root().resolve("deploy/target").resolve(name);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build with mvn package, or run ./test e2e");
        }
        return jar;
    }

    /**
     * A port of loopback that nobody listens on just now. It is none of those that the kernel gives to connections: one of
     * these may be taken again before a program listens on it.
     */
    public static int freePort() {
        for (int attempt = 1; attempt <= 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("a hundred ports were taken");
    }
}
