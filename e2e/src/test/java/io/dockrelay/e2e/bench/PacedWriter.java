package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;

/** A thread that keeps a container writing at an even pace until it is closed. */
final class PacedWriter implements AutoCloseable {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final FedContainer container;
    private final int linesASecond;
    private final Thread thread;
    private volatile boolean over;

    PacedWriter(FedContainer container, int linesASecond) {
        this.container = container;
        this.linesASecond = linesASecond;
        this.thread = Thread.ofPlatform().daemon().name("talking").unstarted(this::talk);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk() {
        try {
            while (!over) {
                container.pace(linesASecond, A_WHILE);
            }
        } catch (IOException gone) {
            throw new IllegalStateException("the container's pipe", gone);
        }
    }
}
