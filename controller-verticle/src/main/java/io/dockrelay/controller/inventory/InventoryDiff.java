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
 * The changes from one inventory to the next, with all that the engine says about them. Applied in order to the earlier list
 * ({@link io.dockrelay.protocol.state.ContainerList#with}), they give the later one. Pure; one object per comparison.
 */
final class InventoryDiff {

    private final Map<String, InventoryEntry> before;
    private final Set<String> requestedEnds;
    private final Instant now;

    /** Earlier entries that have no counterpart yet. */
    private final Set<InventoryEntry> unmatched;

    private final List<Change> changes = new ArrayList<>();

    private InventoryDiff(Collection<InventoryEntry> before, Set<String> requestedEnds, Instant now) {
        this.before = before.stream()
                .filter(InventoryEntry::created)
                .collect(Collectors.toMap(e -> e.seen().id(), Function.identity()));
        this.unmatched = new LinkedHashSet<>(before);
        this.requestedEnds = requestedEnds;
        this.now = now;
    }

    /**
     * @param requestedEnds ids of containers with a known request to end
     * @param now the time of changes for which the engine gives none
     */
    static List<Change> between(
            Collection<InventoryEntry> before,
            Collection<InventoryEntry> after,
            Set<String> requestedEnds,
            Instant now) {
        var diff = new InventoryDiff(before, requestedEnds, now);
        List<InventoryEntry> others = diff.compareKnown(after);
        others.stream().filter(InventoryEntry::created).forEach(diff::arrive);
        others.stream().filter(entry -> !entry.created()).forEach(diff::vacate);
        return diff.all();
    }

    /** Compares the entries with the same id in both; returns the other ones. */
    private List<InventoryEntry> compareKnown(Collection<InventoryEntry> after) {
        List<InventoryEntry> others = new ArrayList<>();
        for (InventoryEntry entry : after) {
            InventoryEntry earlier = entry.created() ? before.get(entry.seen().id()) : null;
            if (earlier == null) {
                others.add(entry);
            } else {
                unmatched.remove(earlier);
                compare(earlier, entry);
            }
        }
        return others;
    }

    private void compare(InventoryEntry earlier, InventoryEntry entry) {
        Container from = rename(earlier, entry);
        Transition.between(
                        earlier.seen(),
                        entry.seen(),
                        requestedEnds.contains(entry.seen().id()))
                .map(what -> Change.of(from, entry.element(), what.reason(), what.exitCode(), orNow(what.at())))
                .or(() -> actionChange(from, entry.element()))
                .ifPresent(changes::add);
    }

    private Optional<Change> actionChange(Container from, Container to) {
        return Objects.equals(from.action(), to.action())
                ? Optional.empty()
                : Optional.of(Change.of(from, to, ChangeReason.ACTION, null, now));
    }

    /**
     * Adds a change for another name; returns the earlier element under that name. A new short name under the same full name
     * has no reason: another container has come or gone, and nothing has happened to this one.
     */
    private Container rename(InventoryEntry earlier, InventoryEntry entry) {
        if (earlier.sameNamesAs(entry)) {
            return earlier.element();
        }
        Container from = renamed(earlier.element(), entry);
        ChangeReason reason = earlier.fullName().equals(entry.fullName()) ? null : ChangeReason.RENAMED;
        changes.add(Change.of(earlier.element(), from, reason, null, now));
        return from;
    }

    /** A container with an unknown id: in the place of another container, of a service without one, or new. */
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
        Container from = rename(earlier, entry);
        changes.add(Change.of(from, entry.element(), ChangeReason.RECREATED, null, createdAt));
    }

    /** A service without a container: as before, in the place of its last container, or new in the compose file. */
    private void vacate(InventoryEntry entry) {
        Optional<InventoryEntry> earlier = take(other -> other.name().equals(entry.name()));
        if (earlier.isEmpty()) {
            changes.add(Change.appeared(entry.element(), ChangeReason.CREATED, now));
        } else if (earlier.get().created()) {
            changes.add(Change.of(earlier.get().element(), entry.element(), ChangeReason.REMOVED, null, now));
        }
    }

    private List<Change> all() {
        // Removals first, so that their names are free.
        List<Change> all = new ArrayList<>();
        unmatched.forEach(gone -> all.add(Change.removed(gone.element(), now)));
        all.addAll(changes);
        return List.copyOf(all);
    }

    private Optional<InventoryEntry> take(Predicate<InventoryEntry> wanted) {
        Optional<InventoryEntry> found = unmatched.stream().filter(wanted).findFirst();
        found.ifPresent(unmatched::remove);
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
                        earlier.lastKnown())
                .withAction(earlier.action());
    }
}
