package io.dockrelay.relay.channel.ring;

/**
 * A position between two batches of a ring.
 *
 * @param next index of the batch after it
 * @param lines lines of the channel before it
 * @param gaps the tail's gaps before it; between two positions with different counts the number of lines is unknown
 * @param cursor encoded position of the last line before it; null when nothing was ever read
 */
public record RingPosition(long next, long lines, long gaps, String cursor) {

    static RingPosition beginning(String cursor) {
        return new RingPosition(0, 0, 0, cursor);
    }

    /** The position after this batch, which is the next one here. */
    public RingPosition after(EncodedBatch batch) {
        String reached = batch.cursor() == null ? cursor : batch.cursor();
        return new RingPosition(next + 1, lines + batch.lines(), gaps + batch.gaps(), reached);
    }

    /** Lines from here to a later position; null when the number is unknown. */
    public Long linesTo(RingPosition later) {
        return gaps == later.gaps ? later.lines - lines : null;
    }
}
