package io.dockrelay.record;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Which entries are asked for. Pure.
 *
 * @param who a part of the name or the address, in any case; null for all
 * @param actions words of {@link RecordEntry#what()}; empty for all
 * @param container a part of the container's name or the beginning of its id; null for all
 * @param outcomes empty for all
 * @param since null for all
 * @param until exclusive; null for all
 */
public record RecordFilter(
        String who, Set<String> actions, String container, Set<RecordOutcome> outcomes, Instant since, Instant until) {

    public static final RecordFilter ALL = new RecordFilter(null, Set.of(), null, Set.of(), null, null);

    public RecordFilter {
        who = lower(who);
        actions = Set.copyOf(actions);
        container = lower(container);
        outcomes = Set.copyOf(outcomes);
    }

    boolean accepts(RecordEntry entry) {
        return (actions.isEmpty() || actions.contains(entry.what()))
                && (outcomes.isEmpty() || outcomes.contains(entry.outcome()))
                && (since == null || !entry.time().isBefore(since))
                && (until == null || entry.time().isBefore(until))
                && (who == null || has(entry.who(), who) || has(entry.address(), who))
                && (container == null || isOn(entry.container()));
    }

    private boolean isOn(RecordedContainer target) {
        return target != null
                && (has(target.name(), container)
                        || has(target.id(), container)
                        || has(target.controller() + "/" + target.name(), container));
    }

    private static boolean has(String text, String part) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(part);
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
