package io.dockrelay.relay.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;

/**
 * What the announcements of controllers mean for the tails that are open there. A controller on the bus is away when it
 * announces that, or is silent for three announcements; after a restart it is another one. An uplink keeps its tails through
 * an outage, so only its leaving counts. Pure; for one thread.
 */
final class PresenceBook {

    /** What an announcement changes. */
    enum Turn {
        NONE,
        /** Its tails are gone. */
        GONE,
        /** It can be reached again. */
        BACK,
        /** It can be reached, but its tails are gone. */
        REPLACED
    }

    private static final Duration SILENT = Addresses.ANNOUNCE_EVERY.multipliedBy(3);

    /** @param since of the process that answers; null for an uplink, whose tails outlive its connections */
    private record Seen(boolean uplink, Instant since, boolean connected, long at) {}

    private final Map<String, Seen> controllers = new HashMap<>();

    Turn heard(ControllerPresence presence, long nowMs) {
        Seen before = controllers.get(presence.controller());
        if (presence.uplink() && before != null && !before.uplink() && before.connected()) {
            return Turn.NONE;
        }
        if (presence.left()) {
            controllers.remove(presence.controller());
            return Turn.GONE;
        }
        boolean connected = presence.link() == LinkState.CONNECTED;
        Instant since = presence.uplink() ? null : presence.since();
        var now = new Seen(presence.uplink(), since, connected, nowMs);
        controllers.put(presence.controller(), now);
        return before == null ? first(now) : turn(before, now);
    }

    /** The controllers on the bus that have been silent for too long. */
    List<String> silent(long nowMs) {
        List<String> silent = new ArrayList<>();
        controllers.forEach((controller, seen) -> {
            if (!seen.uplink() && nowMs - seen.at() > SILENT.toMillis()) {
                silent.add(controller);
            }
        });
        silent.forEach(controllers::remove);
        return silent;
    }

    private static Turn first(Seen now) {
        return now.connected() ? Turn.BACK : Turn.NONE;
    }

    private static Turn turn(Seen before, Seen now) {
        boolean another = before.uplink() != now.uplink() || !Objects.equals(before.since(), now.since());
        if (now.connected()) {
            return another && before.connected() ? Turn.REPLACED : before.connected() ? Turn.NONE : Turn.BACK;
        }
        return before.connected() && !now.uplink() ? Turn.GONE : Turn.NONE;
    }
}
