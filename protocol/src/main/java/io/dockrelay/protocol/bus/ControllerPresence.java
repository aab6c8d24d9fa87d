package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.dockrelay.protocol.wire.LinkState;

/**
 * A controller says that it is there, or an uplink says so in its stead.
 *
 * @param link null when it has left for good
 * @param since when this state began
 * @param attempt attempts of the uplink since the last connection; 0 on the bus
 * @param retryInMs until the uplink's next attempt; null unless it waits for one
 * @param uplink whether an uplink speaks for it; where the bus and an uplink offer the same id, the bus wins
 * @param features what the controller can do
 */
public record ControllerPresence(
        String controller,
        LinkState link,
        Instant since,
        int attempt,
        Long retryInMs,
        boolean uplink,
        List<String> features) {

    public ControllerPresence {
        features = List.copyOf(features);
    }

    /** Whether the controller has left for good. */
    @JsonIgnore
    public boolean left() {
        return link == null;
    }
}
