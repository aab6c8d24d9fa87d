package io.dockrelay.relay.channel;

import io.dockrelay.protocol.bus.Refusal;

/**
 * Where the frames of one browser's subscription go: implemented by its session, called by the channel on the context
 * they share: never from inside {@link LogChannels#subscribe}, and never again once the subscription has failed or was
 * closed.
 */
public interface LogSink {

    /**
     * Whether the browser takes no more for now. The channel then hands over nothing until
     * {@link LogSubscription#drained()}.
     */
    boolean full();

    /**
     * One complete text frame ({@code log_snapshot}, {@code new_logs}, {@code log_gap}, {@code log_state}), in its order.
     *
     * @param textFrame UTF-8; the same array goes to every sink of the channel, so it is never modified
     */
    void frame(byte[] textFrame);

    /** The subscription could not be made or kept, and is over. */
    void failed(Refusal refusal);
}
