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

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * The list as it was last seen, and what each look changes in it. Owned by the watcher, on its context; knows neither
 * clock nor engine.
 */
final class Inventory {

    /** For so long a container that Compose is just replacing stays in the list without being there. */
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(10);

    private final String controller;
    private List<InventoryEntry> entries = List.of();

    /** When a container was first missed while its replacement was in the making, by id. */
    private final Map<String, Instant> missed = new HashMap<>();

    Inventory(String controller) {
        this.controller = controller;
    }

    /** Takes in a look; returns what it changed. */
    List<Change> update(
            Collection<ObservedContainer> look, Collection<ComposeService> services, Set<String> asked, Instant now) {
        List<InventoryEntry> after = entries(listed(look, now), services, ContainerStatus.NOT_CREATED);
        List<Change> changes = InventoryDiff.between(entries, after, asked, now);
        entries = after;
        return changes;
    }

    /** As long as there was no look: services whose containers nobody has been asked about. */
    void startWith(Collection<ComposeService> services) {
        entries = entries(List.of(), services, ContainerStatus.UNKNOWN);
    }

    List<Container> containers() {
        return entries.stream().map(InventoryEntry::element).toList();
    }

    /** What was last seen, by id. */
    Map<String, ObservedContainer> seen() {
        return entries.stream()
                .filter(InventoryEntry::created)
                .map(InventoryEntry::seen)
                .collect(Collectors.toUnmodifiableMap(ObservedContainer::id, Function.identity()));
    }

    /** Leaves out what Compose has in the making, and keeps what that is going to replace. */
    private List<ObservedContainer> listed(Collection<ObservedContainer> look, Instant now) {
        Map<Boolean, List<ObservedContainer>> parts = look.stream()
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
            Collection<ObservedContainer> there, Collection<ComposeService> services, ContainerStatus without) {
        List<ComposeService> vacant = services.stream()
                .filter(service -> there.stream().noneMatch(service::owns))
                .toList();
        Map<String, String> names = Naming.of(Stream.concat(
                        there.stream().map(ObservedContainer::subject),
                        vacant.stream().map(ComposeService::subject))
                .toList());
        Stream<InventoryEntry> containers = there.stream()
                .map(seen ->
                        new InventoryEntry(seen, ContainerFactory.of(seen, names.get(seen.fullName()), controller)));
        Stream<InventoryEntry> vacancies = vacant.stream()
                .map(service -> new InventoryEntry(
                        null, ContainerFactory.of(service, names.get(service.fullName()), without, controller)));
        return Stream.concat(containers, vacancies)
                .sorted(Comparator.comparing(InventoryEntry::name))
                .toList();
    }
}
