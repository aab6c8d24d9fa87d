package io.dockrelay.relay.channel;

import io.dockrelay.protocol.bus.Refusal;

/**
 * Takes the frames of one browser's subscription. Implemented by its session; called by the channel on the context that they
 * share, never from inside {@link LogChannels#subscribe}, and never again after the subscription has failed or was closed.
 */
public interface LogSink {

    /**
     * Whether the browser takes no more for now. The channel then sends nothing until {@link LogSubscription#drained()}.
     */
    boolean full();

    /**
     * One complete text frame ({@code log_snapshot}, {@code new_logs}, {@code log_gap}, {@code log_state}), in order.
     *
     * @param textFrame UTF-8; the same array goes to every sink of the channel, so it is never modified
     */
    void frame(byte[] textFrame);

    /** What stands for the browser among the readers of a log, which take turns; the same for all its subscriptions. */
    Object reader();

    /** The subscription was refused, or could not be kept; it has ended. */
    void failed(Refusal refusal);
}
