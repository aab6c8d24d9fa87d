package io.dockrelay.listener.stats;

/** A connected client of {@link StatsSubscriptions}. A client that reads too slowly is skipped. */
public interface StatsClient {

    /** Whether the client's queue is full. */
    boolean full();

    /** @param message in UTF-8; shared with others */
    void send(byte[] message);
}
