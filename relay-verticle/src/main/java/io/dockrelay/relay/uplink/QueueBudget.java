package io.dockrelay.relay.uplink;

/** Bounds the bytes that wait for the receivers of all tails of one uplink. For one thread. */
final class QueueBudget {

    private final long most;
    private long used;

    QueueBudget(long most) {
        this.most = most;
    }

    boolean admits(int bytes) {
        return used + bytes <= most;
    }

    void add(long bytes) {
        used += bytes;
    }

    long used() {
        return used;
    }
}
