package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the source tree that is being tested. */
public final class Checkout {

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

    /** A port of loopback that nobody listens on just now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
