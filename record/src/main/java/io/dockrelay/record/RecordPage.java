package io.dockrelay.record;

import java.util.List;

/**
 * A part of the record, newest first.
 *
 * @param lines each a JSON object, as it was written
 * @param before where the next page begins; null at the beginning of the record
 * @param unreadable lines on the way that are no entries
 */
public record RecordPage(List<byte[]> lines, Long before, long unreadable) {

    public RecordPage {
        lines = List.copyOf(lines);
    }
}
