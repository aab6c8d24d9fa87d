package io.dockrelay.record;

import java.time.Instant;

/**
 * What the engine reported of a container while an action was in progress.
 *
 * @param at the engine's time
 * @param event such as {@code died}; null where only the status is known
 * @param status that the container had then
 * @param exitCode of the run that ended; null otherwise
 */
public record RecordedEvent(Instant at, String event, String status, Integer exitCode) {

    private static final int LONGEST = 64;

    public RecordedEvent {
        event = Texts.atMost(LONGEST, event);
        status = Texts.atMost(LONGEST, status);
    }
}
