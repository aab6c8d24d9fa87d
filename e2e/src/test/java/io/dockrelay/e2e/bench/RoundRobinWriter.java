package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A thread that makes each of several containers write one line per second, in turn and evenly spread, until closed.
 */
final class RoundRobinWriter implements AutoCloseable {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final List<FedContainer> containers;
    private final Thread thread;
    private volatile boolean over;

    RoundRobinWriter(List<FedContainer> containers) {
        this.containers = List.copyOf(containers);
        this.thread = Thread.ofPlatform().daemon().name("chorus").unstarted(this::sing);
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

    private void sing() {
        long start = System.nanoTime();
        try {
            for (long turn = 0; !over; turn++) {
                long due = start + turn * SECOND_NANOS / containers.size();
                BenchContext.pass(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                containers.get((int) (turn % containers.size())).write(1);
            }
        } catch (IOException gone) {
            throw new IllegalStateException("a container's pipe", gone);
        }
    }
}
