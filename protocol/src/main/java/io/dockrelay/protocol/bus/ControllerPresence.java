package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.dockrelay.protocol.wire.LinkState;

/**
 * The announcement that a controller is there, by itself or by its uplink.
 *
 * @param link null when it has left for good
 * @param since when this state started; for a controller on the bus, when its process started
 * @param attempt attempts of the uplink since the last connection; 0 on the bus
 * @param retryInMs until the uplink's next attempt; null unless it waits for one
 * @param uplink whether an uplink announces it; where the bus and an uplink announce the same id, the bus wins
 * @param features the controller's features beyond version 1
 * @param allow permissions that it gives to any client; null when it gives all, or is not known
 * @param replacedBy in the announcement that it has left: the id of the controller that answers at the same configured URL
 *     now; null otherwise
 * @param message why there is no connection, as a sentence; null while there is one, or when it is not known
 * @param answered whether its URL has answered the uplink since the uplink's start, even if only by a refusal; true while
 *     connected
 * @param labels to group and filter by; null: none
 * @param removed in the announcement that it has left: whether it is to be forgotten at once, because its host was removed
 */
public record ControllerPresence(
        String controller,
        LinkState link,
        Instant since,
        int attempt,
        Long retryInMs,
        boolean uplink,
        List<String> features,
        List<String> allow,
        String replacedBy,
        String message,
        boolean answered,
        Map<String, String> labels,
        boolean removed) {

    /** A controller that allows everything, in whose place there is no other, and of which there is nothing to say. */
    public ControllerPresence(
            String controller,
            LinkState link,
            Instant since,
            int attempt,
            Long retryInMs,
            boolean uplink,
            List<String> features) {
        this(controller, link, since, attempt, retryInMs, uplink, features, null, null, null, false);
    }

    /** A controller without labels, which is not forgotten when it leaves. */
    public ControllerPresence(
            String controller,
            LinkState link,
            Instant since,
            int attempt,
            Long retryInMs,
            boolean uplink,
            List<String> features,
            List<String> allow,
            String replacedBy,
            String message,
            boolean answered) {
        this(
                controller,
                link,
                since,
                attempt,
                retryInMs,
                uplink,
                features,
                allow,
                replacedBy,
                message,
                answered,
                null,
                false);
    }

    public ControllerPresence {
        features = List.copyOf(features);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        answered = answered || link == LinkState.CONNECTED;
        allow = allow == null ? null : List.copyOf(allow);
    }

    /** Whether the controller has left for good. */
    @JsonIgnore
    public boolean left() {
        return link == null;
    }
}
