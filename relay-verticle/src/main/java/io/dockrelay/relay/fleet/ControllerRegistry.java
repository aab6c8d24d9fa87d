package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.relay.fleet.ControllerEvent.Kind;

/**
 * Which controllers are there, by their announcements and those of their uplinks. A controller that misses three
 * announcements is away; where the bus and an uplink announce the same id, the bus wins. Time is a parameter. Pure; for one
 * thread.
 *
 * <p>What is open at a controller on the bus is lost when the controller is away or starts again. An uplink keeps it through
 * an outage, so only its leaving counts.
 */
public final class ControllerRegistry {

    private final Map<String, ControllerState> states = new HashMap<>();

    /** Takes an announcement; returns what it means for what is open there. */
    public Optional<ControllerEvent> announced(ControllerPresence presence, Instant now) {
        ControllerState before = states.get(presence.controller());
        ControllerState after =
                before == null ? new ControllerState(presence, now, false) : before.announced(presence, now);
        states.put(presence.controller(), after);
        return after.equals(before)
                ? Optional.empty()
                : kind(before, after).map(kind -> new ControllerEvent(presence.controller(), kind));
    }

    /** Time has passed for a controller that was announced; returns what it means for what is open there. */
    public Optional<ControllerEvent> tick(String controller, Instant now) {
        ControllerState before = states.get(controller);
        ControllerState after = before.at(now);
        states.put(controller, after);
        return after.equals(before) || after.presence().uplink()
                ? Optional.empty()
                : Optional.of(new ControllerEvent(controller, Kind.GONE));
    }

    /** Whether the controller itself is on the bus, without an uplink. */
    public boolean isOnBus(String controller) {
        return states.containsKey(controller) && states.get(controller).isOnBus();
    }

    /** A controller has another id. It is away until that id is announced, unless it is known already. */
    void moved(String from, String to, Instant now) {
        ControllerState before = states.remove(from);
        states.putIfAbsent(to, before.movedTo(to, now));
    }

    /** The controller is no longer of interest. */
    public void forget(String controller) {
        states.remove(controller);
    }

    /** Null for a controller that has never been announced. */
    ControllerState state(String controller) {
        return states.get(controller);
    }

    private static Optional<Kind> kind(ControllerState before, ControllerState after) {
        if (after.presence().left()) {
            return Optional.of(Kind.GONE);
        }
        boolean kept = before != null && before.keepsOpen();
        if (after.isConnected()) {
            boolean replaced = kept && !before.isSameProcess(after);
            boolean connectedBefore = kept && before.isConnected();
            return replaced ? Optional.of(Kind.REPLACED) : connectedBefore ? Optional.empty() : Optional.of(Kind.BACK);
        }
        return kept && !after.presence().uplink() ? Optional.of(Kind.GONE) : Optional.empty();
    }
}
