package io.dockrelay.listener.stats;

/** A connected client as the {@link StatsSubscriptions} sees it: one that does not read is passed over. */
public interface StatsClient {

    /** Whether it has enough to read already. */
    boolean full();

    /** @param message in UTF-8; shared with others */
    void send(byte[] message);
}
