package io.dockrelay.relay.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

import io.dockrelay.record.RecordPage;

/**
 * {@code GET /api/record}: entries, newest first, as they were written.
 *
 * @param kept false when the settings name no folder for a record
 * @param problem why nothing can be recorded now; null when it can
 * @param before of the next page; null at the beginning of the record
 * @param unreadable lines that were passed over, because they are no entries
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordAnswer(boolean kept, String problem, Long before, long unreadable, List<Line> entries) {

    static final RecordAnswer NOT_KEPT = new RecordAnswer(false, null, null, 0, List.of());

    /** A line that is JSON already. */
    record Line(@JsonValue @JsonRawValue String json) {}

    static RecordAnswer of(RecordPage page, String problem) {
        return new RecordAnswer(
                true,
                problem,
                page.before(),
                page.unreadable(),
                page.lines().stream()
                        .map(line -> new Line(new String(line, StandardCharsets.UTF_8)))
                        .toList());
    }
}
