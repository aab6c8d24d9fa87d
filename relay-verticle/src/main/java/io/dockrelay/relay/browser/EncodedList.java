package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.wire.ChangedList;
import io.dockrelay.protocol.wire.ServerMessage.ContainerUpdate;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.fleet.Fleet;

/**
 * Encodes the whole list once for all browsers that connect at about the same time, as after an outage of the relay. For one
 * thread.
 */
final class EncodedList {

    /** After this time its timestamp and its retry times would be wrong. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Fleet fleet;
    /** Null until the first. */
    private byte[] encoded;

    private Instant encodedAt;
    private long version;
    private long revision;

    EncodedList(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The current list without changes: for a browser that connects. */
    byte[] bytes(Instant now, long current) {
        boolean same = encoded != null
                && version == fleet.version()
                && revision == current
                && now.isBefore(encodedAt.plus(FRESH));
        if (!same) {
            encoded = encode(now, current, null);
            encodedAt = now;
            version = fleet.version();
            revision = current;
        }
        return encoded;
    }

    /** The current list, and what has changed. */
    byte[] bytes(Instant now, long current, List<Change> changes) {
        return changes.isEmpty() ? bytes(now, current) : encode(now, current, changes);
    }

    private byte[] encode(Instant now, long current, List<Change> changes) {
        var update = new ContainerUpdate(now, fleet.containers(), changes, fleet.links(now), current);
        return WireJson.write(changes == null ? update : ChangedList.of(update));
    }
}
