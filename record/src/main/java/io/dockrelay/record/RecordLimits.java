package io.dockrelay.record;

/**
 * How much of a record is kept.
 *
 * @param fileBytes a file that is larger is followed by a new one
 * @param files that are kept, at least 2; the oldest are deleted
 */
public record RecordLimits(long fileBytes, int files) {}
