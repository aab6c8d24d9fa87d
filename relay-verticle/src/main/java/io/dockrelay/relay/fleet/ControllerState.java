package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;

/**
 * Whether one controller is there, by its last announcement. Pure.
 *
 * @param presence the last announcement that counted
 * @param announcedAt when that was
 * @param silent whether three announcements in a row have been missed since
 */
record ControllerState(ControllerPresence presence, Instant announcedAt, boolean silent) {

    private static final Duration SILENT_AFTER = Addresses.ANNOUNCE_EVERY.multipliedBy(3);

    /** Whether the last announcement still holds, and says that the controller can be asked. */
    boolean isReachable() {
        return isConnected() && !silent;
    }

    /** Whether the last announcement said that the controller can be asked. */
    boolean isConnected() {
        return presence.link() == LinkState.CONNECTED;
    }

    /** Whether the controller itself is on the bus, without an uplink. */
    boolean isOnBus() {
        return isReachable() && !presence.uplink();
    }

    /** Whether it has left for good, or is silent. */
    boolean isAway() {
        return presence.left() || silent;
    }

    /** Whether what was opened there may still be open: an uplink keeps it through an outage. */
    boolean keepsOpen() {
        return presence.uplink() ? !presence.left() : isReachable();
    }

    /** The state after an announcement. Where the bus and an uplink announce the same id, the bus wins. */
    ControllerState announced(ControllerPresence next, Instant now) {
        return next.uplink() && isOnBus() ? this : new ControllerState(next, now, false);
    }

    /** The state under another id, until that id is announced. */
    ControllerState movedTo(String id, Instant now) {
        var connecting = new ControllerPresence(
                id,
                LinkState.CONNECTING,
                now,
                0,
                null,
                true,
                presence.features(),
                presence.allow(),
                null,
                null,
                presence.answered(),
                presence.labels(),
                false);
        return new ControllerState(connecting, now, false);
    }

    /** The state at a later time. */
    ControllerState at(Instant now) {
        boolean missed = announcedAt.plus(SILENT_AFTER).isBefore(now);
        return isReachable() && missed ? new ControllerState(presence, announcedAt, true) : this;
    }

    /** Whether these are states of the same process, or of the same uplink to it. */
    boolean isSameProcess(ControllerState other) {
        boolean sameUplink = presence.uplink() && other.presence.uplink();
        boolean sameStart = presence.since() == null
                ? other.presence.since() == null
                : presence.since().equals(other.presence.since());
        return presence.uplink() == other.presence.uplink() && (sameUplink || sameStart);
    }

    /**
     * As it is served to browsers.
     *
     * @param formerIds of the same controller
     */
    ControllerLink link(Instant now, List<String> formerIds) {
        String id = presence.controller();
        if (isAway()) {
            return new ControllerLink(
                    id,
                    LinkState.WAITING,
                    announcedAt,
                    0,
                    null,
                    features(),
                    presence.labels(),
                    presence.allow(),
                    formerIds,
                    null,
                    null);
        }
        Long retry = presence.retryInMs();
        Long left = retry == null
                ? null
                : Long.valueOf(
                        Math.max(0, retry - Duration.between(announcedAt, now).toMillis()));
        return new ControllerLink(
                id,
                presence.link(),
                presence.since(),
                presence.attempt(),
                left,
                features(),
                presence.labels(),
                presence.allow(),
                formerIds,
                presence.message(),
                null);
    }

    /** Null before the first connection of an uplink. */
    private List<String> features() {
        boolean known = isConnected() || !presence.features().isEmpty();
        return known ? presence.features() : null;
    }
}
