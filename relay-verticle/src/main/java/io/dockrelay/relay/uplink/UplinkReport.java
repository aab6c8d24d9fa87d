package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.Map;

import io.dockrelay.protocol.wire.LinkState;

/**
 * How an uplink is now. Immutable.
 *
 * @param controller the id that answers there, or has answered there last; null until one has
 * @param lastContact when something last came from there, exact to the interval of pings; null until something has
 * @param labels of that controller
 * @param problem why there is no connection, as a sentence; null while there is one, or when it is not known
 */
public record UplinkReport(
        LinkState link, String controller, Instant lastContact, Map<String, String> labels, String problem) {

    /** Before the first attempt. */
    static final UplinkReport STARTING = new UplinkReport(LinkState.CONNECTING, null, null, Map.of(), null);

    UplinkReport dialling() {
        return new UplinkReport(LinkState.CONNECTING, controller, lastContact, labels, problem);
    }

    UplinkReport waiting(String why) {
        return new UplinkReport(LinkState.WAITING, controller, lastContact, labels, why);
    }

    /** A controller answers there. */
    UplinkReport found(String id, Map<String, String> given, Instant now) {
        return new UplinkReport(link, id, now, given, problem);
    }

    UplinkReport connected() {
        return new UplinkReport(LinkState.CONNECTED, controller, lastContact, labels, null);
    }

    UplinkReport heard(Instant now) {
        return new UplinkReport(link, controller, now, labels, problem);
    }
}
