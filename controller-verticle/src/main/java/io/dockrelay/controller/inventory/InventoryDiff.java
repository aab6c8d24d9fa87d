package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;

/**
 * What changed from one inventory to the next. Whoever applies the changes in order, replacing by id and where there is
 * none by name, has the whole list. Pure; one for each comparison.
 */
final class InventoryDiff {

    private final Map<String, InventoryEntry> before;
    private final Set<String> asked;
    private final Instant now;

    /** Of before: those that no entry of now has been matched with. */
    private final Set<InventoryEntry> left;

    private final List<Change> changes = new ArrayList<>();

    private InventoryDiff(Collection<InventoryEntry> before, Set<String> asked, Instant now) {
        this.before = before.stream()
                .filter(InventoryEntry::created)
                .collect(Collectors.toMap(e -> e.seen().id(), Function.identity()));
        this.left = new LinkedHashSet<>(before);
        this.asked = asked;
        this.now = now;
    }

    /**
     * @param asked ids of containers that somebody is known to have asked to end
     * @param now for what the engine gives no time
     */
    static List<Change> between(
            Collection<InventoryEntry> before, Collection<InventoryEntry> after, Set<String> asked, Instant now) {
        var difference = new InventoryDiff(before, asked, now);
        List<InventoryEntry> strangers = difference.compareKnown(after);
        strangers.stream().filter(InventoryEntry::created).forEach(difference::arrive);
        strangers.stream().filter(entry -> !entry.created()).forEach(difference::vacate);
        return difference.withoutTheGone();
    }

    /** Compares what has the same id in both; returns the others. */
    private List<InventoryEntry> compareKnown(Collection<InventoryEntry> after) {
        List<InventoryEntry> strangers = new ArrayList<>();
        for (InventoryEntry entry : after) {
            InventoryEntry earlier = entry.created() ? before.get(entry.seen().id()) : null;
            if (earlier == null) {
                strangers.add(entry);
            } else {
                left.remove(earlier);
                compare(earlier, entry);
            }
        }
        return strangers;
    }

    private void compare(InventoryEntry earlier, InventoryEntry entry) {
        Container from = sayRenamed(earlier, entry);
        Transition.between(
                        earlier.seen(),
                        entry.seen(),
                        asked.contains(entry.seen().id()))
                .ifPresent(what -> changes.add(
                        Change.of(from, entry.element(), what.reason(), what.exitCode(), orNow(what.at()))));
    }

    /** Tells of another name as a change of its own; returns the earlier element under it. */
    private Container sayRenamed(InventoryEntry earlier, InventoryEntry entry) {
        if (earlier.sameNamesAs(entry)) {
            return earlier.element();
        }
        Container from = renamed(earlier.element(), entry);
        changes.add(Change.of(earlier.element(), from, ChangeReason.RENAMED, null, now));
        return from;
    }

    /** A container with an id not seen before: in the place of another, of a service that had none, or new. */
    private void arrive(InventoryEntry entry) {
        Optional<InventoryEntry> predecessor = take(other ->
                        other.created() && other.fullName().equals(entry.fullName()))
                .or(() -> take(other -> other.name().equals(entry.name())));
        Instant createdAt = orNow(entry.seen().createdAt());
        if (predecessor.isEmpty()) {
            changes.add(Change.appeared(entry.element(), ChangeReason.CREATED, createdAt));
            return;
        }
        InventoryEntry earlier = predecessor.get();
        if (!earlier.created()) {
            changes.add(Change.of(earlier.element(), entry.element(), ChangeReason.CREATED, null, createdAt));
            return;
        }
        Container from = sayRenamed(earlier, entry);
        changes.add(Change.of(from, entry.element(), ChangeReason.RECREATED, null, createdAt));
    }

    /** A service without a container: as before, or in the place of the last one it had, or new in the compose file. */
    private void vacate(InventoryEntry entry) {
        Optional<InventoryEntry> earlier = take(other -> other.name().equals(entry.name()));
        if (earlier.isEmpty()) {
            changes.add(Change.appeared(entry.element(), ChangeReason.CREATED, now));
        } else if (earlier.get().created()) {
            changes.add(Change.of(earlier.get().element(), entry.element(), ChangeReason.REMOVED, null, now));
        }
    }

    private List<Change> withoutTheGone() {
        // First, so that a name is free before somebody else is told to have it.
        List<Change> all = new ArrayList<>();
        left.forEach(gone -> all.add(Change.removed(gone.element(), now)));
        all.addAll(changes);
        return List.copyOf(all);
    }

    private Optional<InventoryEntry> take(Predicate<InventoryEntry> wanted) {
        Optional<InventoryEntry> found = left.stream().filter(wanted).findFirst();
        found.ifPresent(left::remove);
        return found;
    }

    private Instant orNow(Instant at) {
        return Objects.requireNonNullElse(at, now);
    }

    private static Container renamed(Container earlier, InventoryEntry to) {
        return new Container(
                to.name(),
                to.fullName(),
                earlier.status(),
                earlier.statusDetail(),
                earlier.health(),
                earlier.id(),
                earlier.created(),
                earlier.controller(),
                earlier.actions(),
                earlier.details(),
                earlier.lastKnown());
    }
}
