package io.dockrelay.relay.fleet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Health;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;

/**
 * Writes what happens in the fleet to the log, for operators. They search it for {@code status_change}:
 *
 * <pre>status_change ffmpeg-kick exited -> running</pre>
 */
final class FleetLog {

    private static final Logger log = LoggerFactory.getLogger(FleetLog.class);

    private final Fleet fleet;

    /** @param fleet in which names are looked up, because one that is not unique is logged with its controller */
    FleetLog(Fleet fleet) {
        this.fleet = fleet;
    }

    void write(FleetUpdate update) {
        for (ControllerEvent move : update.moves()) {
            log.info("controller {} takes the place of {}, at the same URL", move.successor(), move.controller());
        }
        update.links().forEach(FleetLog::write);
        update.engines().forEach(FleetLog::write);
        for (Change change : update.changes()) {
            log.info("status_change {} {}", nameOf(change), whatHappened(change));
        }
    }

    /** The text of a change after the name. */
    static String whatHappened(Change change) {
        ContainerStatus before = change.previousStatus();
        ContainerStatus now = change.currentStatus();
        String arrow = (before == null ? "none" : before.wireName()) + " -> " + now.wireName();
        if (before != now) {
            return arrow;
        }
        if (change.previousHealth() != change.currentHealth()) {
            return arrow + " (health " + word(change.previousHealth()) + " -> " + word(change.currentHealth()) + ")";
        }
        ChangeReason reason = change.reason();
        return reason == null ? arrow : arrow + " (" + reason.wireName() + ")";
    }

    private static String word(Health health) {
        return health == null ? "none" : health.wireName();
    }

    private String nameOf(Change change) {
        return fleet.isUnique(change.name()) ? change.name() : change.controller() + "/" + change.name();
    }

    /** The uplink itself logs its attempts. */
    private static void write(ControllerLink link) {
        if (link.state() == LinkState.CONNECTED) {
            log.info("controller {} is there", link.controller());
        } else if (link.state() == LinkState.WAITING && link.attempt() == 0) {
            log.warn("controller {} is away since {}; its last known state is served", link.controller(), link.since());
        }
    }

    private static void write(EngineStatus engine) {
        if (engine.available() && engine.message() != null) {
            log.warn("the container engine of {}: {}", engine.controller(), engine.message());
        } else if (engine.available()) {
            log.info("the container engine of {} answers again", engine.controller());
        } else {
            log.warn("the container engine of {} does not answer: {}", engine.controller(), engine.message());
        }
    }
}
