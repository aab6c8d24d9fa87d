package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Topic;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Publishes on the bus a remote controller's messages about its containers and actions. A controller accepts an action
 * before it reports the effect; but the answer comes by REST and the report by WebSocket, so the report may arrive first.
 * While an answer is pending, the messages are held here, in order, for a short time. Owned by one
 * {@link RemoteController}, on the uplink's context.
 */
final class StatePublisher {

    /** Longer than the retransmission of a lost packet; a controller that answers later delays messages no longer. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    private static final int MAX_HELD = 1_000;

    private final Bus bus;

    /** Messages in the order of their arrival; empty unless an answer is pending. */
    private final Deque<Runnable> held = new ArrayDeque<>();

    /** Requested actions without an answer. */
    private int unanswered;

    /** Runs while something is held. */
    private final Timeout longestHold;

    StatePublisher(Vertx vertx, Bus bus) {
        this.bus = bus;
        this.longestHold = new Timeout(vertx);
    }

    <T extends Record> void publish(Topic<T> topic, T message) {
        if (unanswered == 0) {
            bus.publish(topic, message);
            return;
        }
        held.add(() -> bus.publish(topic, message));
        if (held.size() >= MAX_HELD) {
            release();
        } else if (!longestHold.isRunning()) {
            longestHold.start(LONGEST_HOLD, this::release);
        }
    }

    /** An action is requested: from now on messages are held. */
    void asked() {
        unanswered++;
    }

    /** The action's answer was sent to the caller, or the request failed. */
    void answered() {
        unanswered--;
        if (unanswered == 0) {
            release();
        }
    }

    /** Publishes the held messages; the next ones are held again while an answer is pending. */
    void release() {
        longestHold.cancel();
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }
}
