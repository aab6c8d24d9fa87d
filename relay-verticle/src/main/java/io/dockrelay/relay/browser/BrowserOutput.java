package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.OutboundSocket;

/**
 * What goes to one browser, in its order and bounded: those who have much to say ask {@link #full} first and go on when
 * it has drained; small messages may always be said, until there are too many of them. A browser that has been full for
 * {@link #PATIENCE} without once draining is closed with {@link CloseCode#TOO_SLOW}. On the socket's context.
 */
final class BrowserOutput {

    /** Bytes that one browser may leave unread at most; at half of it no more lists and logs are handed over. */
    private static final long MOST = 2L * 1024 * 1024;

    /** Bytes that all browsers together may leave unread, but for what the least capacities add up to. */
    private static final long ALL = 64L * 1024 * 1024;

    /** Room for a frame of log lines, and for another one that does not wait. */
    private static final long LEAST = 128L * 1024;

    /** How long a browser may read nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_HELD = 1024;

    private final OutboundSocket socket;
    private final Runnable onDrained;
    /** What did not fit any more, in its order. */
    private final Deque<byte[]> held = new ArrayDeque<>();
    /** Since when it is full, as far as anybody has asked; null while it is not. */
    private Instant fullSince;

    BrowserOutput(OutboundSocket socket, Runnable onDrained) {
        this.socket = socket;
        this.onDrained = onDrained;
        socket.onReady(this::ready);
    }

    /** What each of so many browsers may leave unread. */
    static long capacity(int browsers) {
        return Math.clamp(ALL / Math.max(1, browsers), LEAST, MOST);
    }

    /** Whether lists and log frames had better wait. */
    boolean full() {
        return !held.isEmpty() || !socket.ready();
    }

    /** Sends one message, now or behind those that are held. */
    void send(byte[] message) {
        if (!held.isEmpty() || !socket.offer(message)) {
            hold(message);
        }
    }

    /** Time has passed; closes the socket when nothing has gone out for too long. */
    void tick(Instant now) {
        if (!full()) {
            fullSince = null;
        } else if (fullSince == null) {
            fullSince = now;
        } else if (fullSince.plus(PATIENCE).isBefore(now)) {
            closeAsTooSlow();
        }
    }

    private void hold(byte[] message) {
        held.add(message);
        if (held.size() > MOST_HELD) {
            closeAsTooSlow();
        }
    }

    private void ready() {
        fullSince = null;
        while (!held.isEmpty() && socket.offer(held.peek())) {
            held.remove();
        }
        if (!full()) {
            onDrained.run();
        }
    }

    private void closeAsTooSlow() {
        held.clear();
        // The close handler tells the session; a failure means that it is closed already.
        socket.close(CloseCode.TOO_SLOW).onFailure(closed -> held.clear());
    }
}
