package io.dockrelay.record;

/**
 * A line of the record.
 *
 * @param sequence one more than that of the line before
 * @param head of the file that it begins; null for any other line
 * @param previous the hash of the line before
 * @param hash its own
 */
record RecordLine(long sequence, RecordEntry entry, FileHead head, String previous, String hash) {}
