package io.dockrelay.relay.channel.ring;

/**
 * A place between two batches of a ring.
 *
 * @param next index of the batch behind it
 * @param lines lines of the channel before it
 * @param gaps upstream gaps before it; between two places with different ones nobody can count the lines
 * @param cursor encoded position of the last line before it; null when nothing was ever read
 */
public record RingPosition(long next, long lines, long gaps, String cursor) {

    static RingPosition beginning(String cursor) {
        return new RingPosition(0, 0, 0, cursor);
    }

    /** The place behind this batch, which stands here. */
    public RingPosition behind(EncodedBatch batch) {
        String reached = batch.cursor() == null ? cursor : batch.cursor();
        return new RingPosition(next + 1, lines + batch.lines(), gaps + batch.gaps(), reached);
    }

    /** Lines from here to a later place; null when nobody counted them. */
    public Long linesTo(RingPosition later) {
        return gaps == later.gaps ? later.lines - lines : null;
    }
}
