package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dockrelay.protocol.bus.RunningActions;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * The list as it was last observed, and what each scan changes in it. Owned by the watcher, on its context; uses neither a
 * clock nor the engine.
 */
final class Inventory {

    /** How long a container that Compose is replacing stays in the list after it is gone. */
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(10);

    private final String controller;

    /** Why no action is allowed; null if the controller allows actions. */
    private final String controlRefusal;

    private List<InventoryEntry> entries = List.of();

    /** Whether the engine has ever answered. */
    private boolean scanned;

    private RunningActions actions = RunningActions.NONE;

    private final RestartLoops loops = new RestartLoops();
    private final RunEnds ends = new RunEnds();

    /** When a container was first missing while Compose was replacing it, by id. */
    private final Map<String, Instant> missed = new HashMap<>();

    /** @param controlRefusal why no action is allowed; null if the controller allows actions */
    Inventory(String controller, String controlRefusal) {
        this.controller = controller;
        this.controlRefusal = controlRefusal;
    }

    /** Takes the result of a scan; returns the changes. */
    List<Change> update(
            Collection<ObservedContainer> scan,
            Collection<ComposeService> services,
            Set<String> requestedEnds,
            Instant now) {
        Set<String> requests =
                Stream.concat(requestedEnds.stream(), endingNow()).collect(Collectors.toSet());
        Collection<ObservedContainer> there = listed(scan, now);
        ends.observe(there, requests);
        List<InventoryEntry> after = entries(there, services, ContainerStatus.NOT_CREATED, now);
        List<Change> changes = scanned ? InventoryDiff.between(entries, after, requests, now) : firstSight(after, now);
        entries = after;
        loops.retain(seen().keySet());
        scanned = true;
        return changes;
    }

    /** Takes the actions in progress that the list shows from now on; returns the changes. */
    List<Change> show(RunningActions running, Instant now) {
        actions = running;
        List<InventoryEntry> before = entries;
        entries = entries.stream().map(this::withAction).toList();
        return InventoryDiff.between(before, entries, Set.of(), now);
    }

    /** The actions in progress that the list shows. */
    RunningActions shownActions() {
        return actions;
    }

    /** The first answer of the engine shows what exists, not what has happened: these changes have no reason. */
    private List<Change> firstSight(List<InventoryEntry> found, Instant now) {
        Set<String> names = found.stream().map(InventoryEntry::name).collect(Collectors.toSet());
        Stream<Change> gone = entries.stream()
                .filter(entry -> !names.contains(entry.name()))
                .map(entry -> Change.removed(entry.element(), now));
        Map<String, Container> assumed = entries.stream()
                .map(InventoryEntry::element)
                .collect(Collectors.toMap(Container::name, Function.identity(), (one, other) -> other));
        Stream<Change> there = found.stream()
                .map(InventoryEntry::element)
                .map(element -> assumed.containsKey(element.name())
                        ? Change.of(assumed.get(element.name()), element, null, null, now)
                        : Change.appeared(element, null, now));
        return Stream.concat(gone, there).toList();
    }

    /** Before the first scan: services whose containers are not known yet. */
    void startWith(Collection<ComposeService> services) {
        entries = entries(List.of(), services, ContainerStatus.UNKNOWN, Instant.EPOCH);
    }

    List<Container> containers() {
        return entries.stream().map(InventoryEntry::element).toList();
    }

    /** The containers that were last observed, by id. */
    Map<String, ObservedContainer> seen() {
        return entries.stream()
                .filter(InventoryEntry::created)
                .map(InventoryEntry::seen)
                .collect(Collectors.toUnmodifiableMap(ObservedContainer::id, Function.identity()));
    }

    /** Leaves out containers with a temporary name of Compose, and keeps those that they will replace. */
    private List<ObservedContainer> listed(Collection<ObservedContainer> scan, Instant now) {
        Map<Boolean, List<ObservedContainer>> parts = scan.stream()
                .collect(Collectors.partitioningBy(
                        seen -> seen.subject().nameAfterRecreation().isPresent()));
        Set<String> promised = parts.get(true).stream()
                .flatMap(seen -> seen.subject().nameAfterRecreation().stream())
                .collect(Collectors.toSet());
        List<ObservedContainer> there = new ArrayList<>(parts.get(false));
        Set<String> names = there.stream().map(ObservedContainer::fullName).collect(Collectors.toSet());
        Set<String> ids = there.stream().map(ObservedContainer::id).collect(Collectors.toSet());
        Set<String> kept = new HashSet<>();
        for (ObservedContainer earlier : seen().values()) {
            boolean replaced = promised.contains(earlier.fullName())
                    && !names.contains(earlier.fullName())
                    && !ids.contains(earlier.id());
            Instant since = replaced ? missed.computeIfAbsent(earlier.id(), id -> now) : now;
            if (replaced && Duration.between(since, now).compareTo(REPLACED_WITHIN) < 0) {
                there.add(earlier);
                kept.add(earlier.id());
            }
        }
        missed.keySet().retainAll(kept);
        return there;
    }

    private List<InventoryEntry> entries(
            Collection<ObservedContainer> there,
            Collection<ComposeService> services,
            ContainerStatus without,
            Instant now) {
        List<ComposeService> vacant = services.stream()
                .filter(service -> there.stream().noneMatch(service::owns))
                .toList();
        Map<String, String> names = Naming.of(Stream.concat(
                        there.stream().map(ObservedContainer::subject),
                        vacant.stream().map(ComposeService::subject))
                .toList());
        Stream<InventoryEntry> containers = there.stream()
                .map(seen -> entry(
                        seen, ContainerFactory.of(seen, names.get(seen.fullName()), controller, history(seen, now))));
        Stream<InventoryEntry> vacancies = vacant.stream()
                .map(service ->
                        entry(null, ContainerFactory.of(service, names.get(service.fullName()), without, controller)));
        return Stream.concat(containers.map(this::withAction), vacancies)
                .sorted(Comparator.comparing(InventoryEntry::name))
                .toList();
    }

    private InventoryEntry entry(ObservedContainer seen, Container container) {
        return new InventoryEntry(
                seen, controlRefusal == null ? container : container.withActions(Actions.none(controlRefusal)));
    }

    private RunHistory history(ObservedContainer seen, Instant now) {
        return new RunHistory(loops.observe(seen, now), ends.isRequested(seen.id()));
    }

    /**
     * Containers that this controller is stopping: their end is requested, even if the engine sends no events. Not those that
     * restart: what ends after it has started again does so by itself.
     */
    private Stream<String> endingNow() {
        return actions.byContainer().entrySet().stream()
                .filter(entry -> entry.getValue().action().ends())
                .map(Map.Entry::getKey);
    }

    private InventoryEntry withAction(InventoryEntry entry) {
        return entry.created()
                ? entry.withAction(actions.byContainer().get(entry.seen().id()))
                : entry;
    }
}
