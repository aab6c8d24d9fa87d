package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.OutboundSocket;

/**
 * The messages to one browser, in order and bounded. Senders of large messages check {@link #full} first and continue when it
 * has drained; small messages are always accepted, until there are too many of them. A browser that has been full for
 * {@link #PATIENCE} without draining is closed with {@link CloseCode#TOO_SLOW}. Owned by the session, on the socket's
 * context.
 */
final class BrowserOutput {

    /** Bytes that one browser may leave unread at most; from half of it on, lists and logs wait. */
    private static final long MAX = 2L * 1024 * 1024;

    /** Bytes that all browsers together may leave unread, unless their least capacities add up to more. */
    private static final long ALL = 64L * 1024 * 1024;

    /** Room for one frame of log lines and one that does not wait. */
    private static final long LEAST = 128L * 1024;

    /** How long a browser may read nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MAX_HELD = 1024;

    private final OutboundSocket socket;
    private final Runnable onDrained;
    private final Runnable onTooSlow;
    /** Messages that did not fit, in order. */
    private final Deque<byte[]> held = new ArrayDeque<>();
    /** Since when it is full, as far as {@link #tick} has seen; null while it is not. */
    private Instant fullSince;

    /** @param onTooSlow closes the browser's socket */
    BrowserOutput(OutboundSocket socket, Runnable onDrained, Runnable onTooSlow) {
        this.socket = socket;
        this.onTooSlow = onTooSlow;
        this.onDrained = onDrained;
        socket.onReady(this::ready);
    }

    /** Bytes that each of these browsers may leave unread. */
    static long capacity(int browsers) {
        return Math.clamp(ALL / Math.max(1, browsers), LEAST, MAX);
    }

    /** Whether lists and log frames should wait. */
    boolean full() {
        return !held.isEmpty() || !socket.ready();
    }

    /** Sends one message, now or after those that are held. */
    void send(byte[] message) {
        if (!held.isEmpty() || !socket.offer(message)) {
            hold(message);
        }
    }

    /** Closes the socket when nothing was sent for too long. */
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
        if (held.size() > MAX_HELD) {
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
        onTooSlow.run();
    }
}
