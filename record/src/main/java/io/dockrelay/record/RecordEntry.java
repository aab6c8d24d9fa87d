package io.dockrelay.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * One entry of the record, before it has its place in the chain. Immutable; every text is bounded.
 *
 * @param time when it happened
 * @param who the requester: a name, or the address of a client that has not signed in; null for the program itself
 * @param address of the client; null when it came from elsewhere
 * @param what one of {@link RecordedAction}
 * @param container null when it is about none
 * @param outcome what became of it
 * @param reason a sentence; null when there is nothing to say
 * @param request the sequence of the entry that announced it; null for none
 * @param durationMs from the request to the end; null when it has none
 * @param count how often it happened, for entries that were merged; null for once
 * @param events what the engine reported meanwhile, at most {@value #MOST_EVENTS}
 */
public record RecordEntry(
        Instant time,
        String who,
        String address,
        String what,
        RecordedContainer container,
        RecordOutcome outcome,
        String reason,
        Long request,
        Long durationMs,
        Long count,
        List<RecordedEvent> events) {

    static final int MOST_EVENTS = 50;

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_ADDRESS = 64;
    private static final int LONGEST_REASON = 1000;

    public RecordEntry {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        who = Texts.atMost(LONGEST_NAME, who);
        address = Texts.atMost(LONGEST_ADDRESS, address);
        what = Texts.atMost(LONGEST_ADDRESS, Objects.requireNonNull(what, "what"));
        Objects.requireNonNull(outcome, "outcome");
        reason = Texts.atMost(LONGEST_REASON, reason);
        events = events.size() <= MOST_EVENTS ? List.copyOf(events) : List.copyOf(events.subList(0, MOST_EVENTS));
    }

    /** An entry with nothing else. */
    public static RecordEntry of(Instant time, String what, RecordOutcome outcome) {
        return new RecordEntry(time, null, null, what, null, outcome, null, null, null, null, List.of());
    }

    /**
     * @param by name or address
     * @param from the client's address; null when it is not known
     */
    public RecordEntry by(String by, String from) {
        return new RecordEntry(time, by, from, what, container, outcome, reason, request, durationMs, count, events);
    }

    public RecordEntry on(RecordedContainer target) {
        return new RecordEntry(time, who, address, what, target, outcome, reason, request, durationMs, count, events);
    }

    /** @param sentence null for none */
    public RecordEntry because(String sentence) {
        return new RecordEntry(
                time, who, address, what, container, outcome, sentence, request, durationMs, count, events);
    }

    public RecordEntry times(long often) {
        return new RecordEntry(
                time, who, address, what, container, outcome, reason, request, durationMs, often, events);
    }

    /**
     * The end of what this entry has announced.
     *
     * @param sequence that this entry has in the record; null when it is not there
     */
    public RecordEntry ended(Long sequence, Instant end, RecordOutcome how, List<RecordedEvent> followed) {
        long took = Math.max(0, Duration.between(time, end).toMillis());
        return new RecordEntry(end, who, address, what, container, how, reason, sequence, took, count, followed);
    }
}
