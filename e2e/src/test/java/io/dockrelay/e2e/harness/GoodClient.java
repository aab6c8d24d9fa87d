package io.dockrelay.e2e.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A page that is open while others attack: it asks for an answer five times a second, on its WebSocket and, once a second, by
 * a request on a new connection. On a thread of its own until it is closed.
 */
public final class GoodClient implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int PINGS_PER_REQUEST = 5;

    private final SplitDeployment deployment;
    private final WireClient socket;
    private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile boolean over;
    private volatile Throwable failure;

    /** @param container whose log it follows */
    public GoodClient(SplitDeployment deployment, String container) {
        this.deployment = deployment;
        this.socket = deployment.browser(container);
        socket.subscribe(container, 1);
        this.thread = Thread.ofPlatform().name("good-client").start(this::run);
    }

    /** Throws what has gone wrong so far; returns the longest time that it waited for an answer. */
    public Duration check() {
        if (failure != null) {
            throw new AssertionError("the good client was not served", failure);
        }
        return Duration.ofMillis(millis.isEmpty() ? 0 : Collections.max(List.copyOf(millis)));
    }

    /** This part of the answers came within that time, such as 0.5 of them. */
    public Duration within(double part) {
        List<Long> sorted = List.copyOf(millis).stream().sorted().toList();
        return Duration.ofMillis(sorted.get((int) (part * (sorted.size() - 1))));
    }

    public WireClient socket() {
        return socket;
    }

    private void run() {
        try {
            for (int i = 0; !over; i++) {
                String id = "good-" + i;
                int seen = socket.mark();
                long begin = System.nanoTime();
                socket.send("{\"type\":\"ping\",\"id\":\"" + id + "\"}");
                socket.awaitAfter(
                        seen,
                        "an answer to ping " + i,
                        Await.DEFAULT,
                        message -> message.path("id").asText().equals(id));
                if (i % PINGS_PER_REQUEST == 0 && !deployment.relayApi().answers("/api/health")) {
                    throw new AssertionError("no answer to a request");
                }
                millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
                Thread.sleep(INTERVAL);
            }
        } catch (Throwable wrong) {
            failure = over ? null : wrong;
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
