package io.dockrelay.relay.uplink;

/** The connection to a controller, for the parts of its {@link RemoteController}. Used on the uplink's context. */
interface ControllerSocket {

    /** Sends a text message if there is a connection; drops it otherwise. */
    void send(String text);

    /**
     * Closes this connection; the next attempt follows after the backoff.
     *
     * @param why a sentence for people
     */
    void drop(String why);
}
