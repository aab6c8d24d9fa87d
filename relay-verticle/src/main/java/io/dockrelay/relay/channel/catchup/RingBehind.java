package io.dockrelay.relay.channel.catchup;

/**
 * Why a resumption has to wait: the channel has not come to the reader's position yet. A channel that was opened while the
 * engine was away is given the log from further back when the engine returns, and whoever has a position must meet that
 * and not get it.
 */
public final class RingBehind extends RuntimeException {

    private static final long serialVersionUID = 1;

    RingBehind() {
        super("the channel is behind the position to resume from", null, false, false);
    }
}
