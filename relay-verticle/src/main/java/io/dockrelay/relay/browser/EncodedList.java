package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.wire.ChangedList;
import io.dockrelay.protocol.wire.ServerMessage.ContainerUpdate;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.view.FleetView;

/**
 * Encodes the whole list of one view once for all browsers that connect at about the same time, as after an outage of the
 * relay. For one thread.
 */
final class EncodedList {

    /** After this time its timestamp and its retry times would be wrong. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final FleetView view;
    /** Null until the first. */
    private byte[] encoded;

    private Instant encodedAt;
    private long version;
    private long revision;

    EncodedList(FleetView view) {
        this.view = view;
    }

    /** The current list without changes: for a browser that connects. */
    byte[] bytes(Instant now, long current) {
        boolean same = encoded != null
                && version == view.version()
                && revision == current
                && now.isBefore(encodedAt.plus(FRESH));
        if (!same) {
            encoded = encode(now, current, null);
            encodedAt = now;
            version = view.version();
            revision = current;
        }
        return encoded;
    }

    /** The current list, and what has changed. */
    byte[] bytes(Instant now, long current, List<Change> changes) {
        return changes.isEmpty() ? bytes(now, current) : encode(now, current, changes);
    }

    private byte[] encode(Instant now, long current, List<Change> changes) {
        var update = new ContainerUpdate(now, view.containers(), changes, view.links(now), current, view.everywhere());
        return WireJson.write(changes == null ? update : ChangedList.of(update));
    }
}
