package io.dockrelay.listener.stats;

import io.dockrelay.protocol.stats.StatsSample;

/** A connected client of {@link StatsSubscriptions}. A client that reads too slowly is skipped. */
public interface StatsClient {

    /**
     * The part of a sample that the client may have; the same sample where that is all, and the same part for clients that
     * may have the same. Null where the controller does not exist for the client.
     */
    default StatsSample part(StatsSample sample) {
        return sample;
    }

    /** Whether the client's queue is full. */
    boolean full();

    /** @param message in UTF-8; shared with others */
    void send(byte[] message);
}
