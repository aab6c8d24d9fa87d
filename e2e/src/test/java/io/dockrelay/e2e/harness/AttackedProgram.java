package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.testing.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as it is distributed, with its own flags for the JVM, while clients attack it. All the time a good client is
 * connected: none of its answers may be missing or so late that a page takes its connection for lost. It has the containers
 * {@code web}, which writes, {@code quiet}, and {@code evil}, whose log and labels are {@link #HOSTILE}.
 */
public final class AttackedProgram implements AutoCloseable {

    /** A page asks every 10 s, and after 25 s without an answer takes its connection for lost. No bound of a machine's speed. */
    public static final Duration LONGEST = Duration.ofSeconds(15);

    /** For what happens in the end; much longer than a machine under load needs. */
    public static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Markup, ANSI, a change of the text direction, a null in a URL, and a path. */
    public static final String HOSTILE =
            "<img src=x onerror=alert(1)>\u001b[2J\u202e%00../../etc/passwd\"'`;$(id)\u2028";

    /** With a heap of 384 MiB: that, the JVM's own code and tables, and buffers outside of the heap. */
    private static final long MOST_MEMORY = 640L * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(AttackedProgram.class);

    private final SplitDeployment deployment;
    private final GoodClient good;

    /** The longest that was logged. */
    private Duration longest = Duration.ZERO;

    public AttackedProgram(TestEngine engine) {
        var containers = CompletableFuture.runAsync(() -> runContainers(engine));
        Map<String, String> flags = new HashMap<>();
        flags.put("JDK_JAVA_OPTIONS", "@" + Checkout.root().resolve("deploy/java.options"));
        deployment = SplitDeployment.open(engine, flags);
        containers.join();
        deployment.browser("quiet").close();
        good = new GoodClient(deployment, "web");
    }

    private static void runContainers(TestEngine engine) {
        engine.run("web", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done");
        engine.run("quiet", "echo once; exec sleep 100000");
        engine.run(
                "evil",
                Map.of("com.docker.compose.project", HOSTILE, "com.docker.compose.service", HOSTILE),
                "echo \"$TEXT\"; exec sleep 100000",
                "--env",
                "TEXT=" + HOSTILE);
    }

    public SplitDeployment deployment() {
        return deployment;
    }

    public GoodClient good() {
        return good;
    }

    /** Asserts that the good client is served, and that the memory is within its bound. */
    public void check(String after) {
        if (good.check().compareTo(longest) > 0) {
            longest = good.check();
            log.info("after {} the good client's longest wait is {}", after, longest);
        }
        assertThat(good.check()).isLessThan(LONGEST);
        assertThat(peakMemory()).isLessThan(MOST_MEMORY);
        assertThat(deployment.relay().lines(" ERROR |OutOfMemory")).isEmpty();
        assertThat(deployment.controller().lines(" ERROR |OutOfMemory")).isEmpty();
    }

    /** WebSockets that the relay has. */
    public int browsers() {
        return health("browsers");
    }

    /** Logs that they follow. */
    public int subscriptions() {
        return health("subscriptions");
    }

    private int health(String number) {
        return deployment.relayApi().get("/api/health").json().path(number).asInt();
    }

    /** The code with which the relay closes a WebSocket that sends these bytes. */
    public int codeFor(byte[] frames) {
        try (var raw = new RawSocket(deployment.port())) {
            raw.upgrade();
            raw.send(frames);
            return Frames.closeCode(raw.readBytes(received -> Frames.closeCode(received) != 0));
        }
    }

    /** The largest resident memory of the relay so far, in bytes. */
    private long peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/" + deployment.relay().pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        log.info(
                "waits of the good client: median {}, 95 % within {}, longest {}; the relay's peak memory: {} MiB",
                good.within(0.5), good.within(0.95), good.check(), peakMemory() >> 20);
        good.close();
        deployment.close();
    }
}
