package io.dockrelay.relay.uplink;

import java.time.Instant;

import io.dockrelay.protocol.wire.LinkState;

/**
 * How an uplink is now. Immutable.
 *
 * @param controller the id that answers there, or has answered there last; null until one has
 * @param lastContact when something last came from there, exact to the interval of pings; null until something has
 * @param problem why there is no connection, as a sentence; null while there is one, or when it is not known
 */
public record UplinkReport(LinkState link, String controller, Instant lastContact, String problem) {

    /** Before the first attempt. */
    static final UplinkReport STARTING = new UplinkReport(LinkState.CONNECTING, null, null, null);

    UplinkReport dialling() {
        return new UplinkReport(LinkState.CONNECTING, controller, lastContact, problem);
    }

    UplinkReport waiting(String why) {
        return new UplinkReport(LinkState.WAITING, controller, lastContact, why);
    }

    /** A controller answers there. */
    UplinkReport found(String id, Instant now) {
        return new UplinkReport(link, id, now, problem);
    }

    UplinkReport connected() {
        return new UplinkReport(LinkState.CONNECTED, controller, lastContact, null);
    }

    UplinkReport heard(Instant now) {
        return new UplinkReport(link, controller, now, problem);
    }
}
