package io.dockrelay.relay.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.protocol.timers.TokenBucket;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;

/**
 * Merges refusals, so that a client that is refused without an end cannot fill the disk or push other entries out of the
 * record. The first refusal of each kind is an entry at once; equal ones of the same time span are one entry with their number
 * at its end. When too many different ones come, all others are one entry. Pure: the time is a parameter.
 */
final class RefusalMerge {

    /** The time span whose refusals are merged. */
    static final Duration SPAN = Duration.ofMinutes(1);

    /** Different refusals in a burst. */
    static final int BURST = 600;

    /** Different refusals after a burst, per span. */
    static final int PER_SPAN = 10;

    private static final String OTHERS = "further refusals, of other clients or for other reasons";

    /** What makes two refusals equal. */
    private record Refused(String who, String address, String what, RecordedContainer container, String reason) {}

    private final TokenBucket different = new TokenBucket(BURST, (double) PER_SPAN / SPAN.toMillis(), 0);

    /** Of the present span: how many came after the first one of each. */
    private final Map<Refused, Long> repeated = new LinkedHashMap<>();

    private long others;

    /** The entry to write now; empty when it is merged. */
    Optional<RecordEntry> refused(RecordEntry refusal, long nowMs) {
        var same = new Refused(refusal.who(), refusal.address(), refusal.what(), refusal.container(), refusal.reason());
        Long before = repeated.get(same);
        if (before != null) {
            repeated.put(same, before + 1);
            return Optional.empty();
        }
        if (!different.tryTake(1, nowMs)) {
            others++;
            return Optional.empty();
        }
        repeated.put(same, 0L);
        return Optional.of(refusal);
    }

    /** Ends the span: the entries of what was merged. */
    List<RecordEntry> span(Instant now) {
        List<RecordEntry> merged = new ArrayList<>();
        repeated.forEach((refused, count) -> {
            if (count > 0) {
                merged.add(RecordEntry.of(now, refused.what(), RecordOutcome.REFUSED)
                        .by(refused.who(), refused.address())
                        .on(refused.container())
                        .because(refused.reason())
                        .times(count));
            }
        });
        if (others > 0) {
            merged.add(RecordEntry.of(now, RecordedAction.ACCESS, RecordOutcome.REFUSED)
                    .because(OTHERS)
                    .times(others));
        }
        repeated.clear();
        others = 0;
        return merged;
    }

    /** Whether there is nothing for {@link #span}. */
    boolean isEmpty() {
        return repeated.isEmpty() && others == 0;
    }
}
