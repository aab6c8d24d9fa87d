package io.dockrelay.relay.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;

/**
 * Merges refusals, so that a client that is refused without an end cannot fill the disk or push other entries out of the
 * record. The first refusal of each kind is an entry at once; equal ones of the same time span are one entry with their number
 * at its end. When too many different ones come, all others of the same action are one entry. Requests that do not get past the
 * door, attempts to sign in and wrong tokens, and all others have budgets of their own, so that none of them hides another. Pure: the time is a
 * parameter.
 */
final class RefusalMerge {

    /** Different refusals at the door in a burst. */
    static final int DOOR_BURST = 60;

    /** Different refusals in a burst, of all addresses. */
    static final int BURST = 600;

    /** Different refusals in a burst, of one address. */
    static final int ADDRESS_BURST = 120;

    private static final String OTHERS = "further refusals, of other clients or for other reasons";

    /** Who was refused, each with a budget of its own. */
    enum Requester {
        /** A request that the listener refused. */
        AT_THE_DOOR,
        /** A name, password, token or ticket that does not hold. */
        AT_SIGN_IN,
        /** One who is known. */
        ADMITTED
    }

    /** What makes two refusals equal: the same requester, action and container, and the same kind of reason. */
    private record Same(RecordEntry requested, String kind) {}

    /** Of one kind: the first one, and how many came after it. */
    private record Repeated(RecordEntry first, long more) {}

    private final RefusalBudget door = new RefusalBudget(DOOR_BURST, DOOR_BURST);
    private final RefusalBudget signIn = new RefusalBudget(ADDRESS_BURST, BURST);
    private final RefusalBudget admitted = new RefusalBudget(ADDRESS_BURST, BURST);

    /** Of the present span. */
    private final Map<Same, Repeated> repeated = new LinkedHashMap<>();

    /** By action: how many did not fit the budget. */
    private final Map<String, Long> others = new LinkedHashMap<>();

    /**
     * The entry to write now; empty when it is merged.
     *
     * @param kind of its reason, without text of the client
     */
    Optional<RecordEntry> refused(Requester requester, RecordEntry refusal, String kind, long nowMs) {
        var same = new Same(
                RecordEntry.of(Instant.EPOCH, refusal.what(), refusal.outcome())
                        .by(refusal.who(), refusal.address())
                        .on(refusal.container()),
                kind);
        Repeated before = repeated.get(same);
        if (before != null) {
            repeated.put(same, new Repeated(before.first(), before.more() + 1));
            return Optional.empty();
        }
        if (!budget(requester).tryTake(refusal.address(), nowMs)) {
            long unused = others.merge(refusal.what(), 1L, Long::sum);
            return Optional.empty();
        }
        repeated.put(same, new Repeated(refusal, 0));
        return Optional.of(refusal);
    }

    /** Ends the span: the entries of what was merged. */
    List<RecordEntry> span(Instant now) {
        List<RecordEntry> merged = new ArrayList<>();
        repeated.values().stream().filter(same -> same.more() > 0).forEach(same -> {
            RecordEntry first = same.first();
            merged.add(RecordEntry.of(now, first.what(), RecordOutcome.REFUSED)
                    .by(first.who(), first.address())
                    .on(first.container())
                    .because(first.reason())
                    .times(same.more()));
        });
        others.forEach((what, count) -> merged.add(
                RecordEntry.of(now, what, RecordOutcome.REFUSED).because(OTHERS).times(count)));
        repeated.clear();
        others.clear();
        return merged;
    }

    /** Whether there is nothing for {@link #span}. */
    boolean isEmpty() {
        return repeated.isEmpty() && others.isEmpty();
    }

    private RefusalBudget budget(Requester requester) {
        return switch (requester) {
            case AT_THE_DOOR -> door;
            case AT_SIGN_IN -> signIn;
            case ADMITTED -> admitted;
        };
    }
}
