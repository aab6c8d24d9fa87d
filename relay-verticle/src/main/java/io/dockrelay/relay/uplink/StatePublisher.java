package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Topic;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Publishes on the bus what a remote controller says of its containers and actions. A controller accepts an action before
 * it says anything of the effect, but by REST, and its messages come by WebSocket: they may arrive first. While an answer
 * is out they are held here, in order, for a short time. Owned by one {@link RemoteController}, on the uplink's context.
 */
final class StatePublisher {

    /** Longer than a packet that was lost takes to be sent again; a controller that is slow to answer holds up no more. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    private static final int MOST_HELD = 1_000;

    private final Bus bus;

    /** Messages in the order of their arrival; empty unless an answer is out. */
    private final Deque<Runnable> held = new ArrayDeque<>();

    /** Actions that are asked for and not answered. */
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
        if (held.size() >= MOST_HELD) {
            release();
        } else if (!longestHold.isRunning()) {
            longestHold.start(LONGEST_HOLD, this::release);
        }
    }

    /** An action is asked for: from now on messages wait. */
    void asked() {
        unanswered++;
    }

    /** Its answer has been passed on, or it failed. */
    void answered() {
        unanswered--;
        if (unanswered == 0) {
            release();
        }
    }

    /** Publishes what is held; what comes next is held again while an answer is out. */
    void release() {
        longestHold.cancel();
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }
}
