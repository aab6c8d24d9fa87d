package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.fleet.ExpectedControllers.OnBus;

/**
 * The controllers that are expected and of which nothing has been heard since the relay's start: no list, and no answer that
 * leads to none, such as a refusal. One that has been heard of once does not count any more, whatever becomes of it. Time is
 * a parameter. Pure; for one thread.
 */
final class UnheardControllers {

    /** Every controller of a cluster that is there has announced itself by then. */
    private static final Duration ANNOUNCED_WITHIN = Addresses.ANNOUNCE_EVERY.multipliedBy(2);

    private final Set<String> unheard = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    /** Whether one on the bus is expected, and none of those has been heard of. */
    private boolean noneOnBus;
    /** Until then others on the bus may announce themselves; null after that. */
    private Instant announcing;
    /** Before the start, and when the time of all is over. */
    private boolean over = true;

    /** The relay starts. */
    void expect(ExpectedControllers expected, Instant now) {
        over = false;
        unheard.addAll(expected.uplinks());
        noneOnBus = expected.onBus() != OnBus.NONE;
        announcing = expected.onBus() == OnBus.SEVERAL ? now.plus(ANNOUNCED_WITHIN) : null;
    }

    /** A controller announces itself, or its uplink does. One that is connected has still to give its list. */
    void announced(ControllerPresence presence) {
        String id = presence.controller();
        if (presence.left()) {
            replaced(id, presence.replacedBy());
        } else if (presence.link() == LinkState.CONNECTED) {
            expect(id);
        } else if (presence.answered()) {
            heardOf(id, false);
        }
    }

    /**
     * A controller has given its list, or has refused to give it.
     *
     * @param onBus whether it is on the bus without an uplink
     */
    void heardOf(String id, boolean onBus) {
        if (!over) {
            unheard.remove(id);
            heard.add(id);
            noneOnBus &= !onBus;
        }
    }

    /** The controller is no longer of interest. */
    void forget(String id) {
        unheard.remove(id);
    }

    void tick(Instant now) {
        if (announcing != null && !announcing.isAfter(now)) {
            announcing = null;
        }
    }

    /** The time of all is over. */
    void end() {
        over = true;
        unheard.clear();
        heard.clear();
        noneOnBus = false;
        announcing = null;
    }

    /** Whether there is one. */
    boolean exist() {
        return !unheard.isEmpty() || noneOnBus || announcing != null;
    }

    /** Whether the controller is none of them. Known only while there is one. */
    boolean hasHeardOf(String id) {
        return heard.contains(id);
    }

    /** @param by the id that answers at the same configured URL; null for none */
    private void replaced(String id, String by) {
        if (unheard.remove(id) && by != null) {
            expect(by);
        }
    }

    private void expect(String id) {
        if (!over && !heard.contains(id)) {
            unheard.add(id);
        }
    }
}
