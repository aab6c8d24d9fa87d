package io.dockrelay.record;

/**
 * Where a record ended when it was last written.
 *
 * @param sequence of the last line
 * @param line its hash
 * @param first the sequence of the oldest line that is kept
 */
public record RecordEnd(long sequence, String line, long first) {}
