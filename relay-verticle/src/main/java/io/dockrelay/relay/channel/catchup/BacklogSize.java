package io.dockrelay.relay.channel.catchup;

/** How much of its backlog a subscriber gets: less after each attempt that took too long, so that no read is repeated for ever. */
public enum BacklogSize {
    WHOLE,
    /** The lines of about one frame. */
    REDUCED,
    /** A few of the newest lines; what was missed before them is a gap. */
    LEAST;

    /** The size of the next attempt after one that took too long. */
    public BacklogSize smaller() {
        return this == WHOLE ? REDUCED : LEAST;
    }
}
