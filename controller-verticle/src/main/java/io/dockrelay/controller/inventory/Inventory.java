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
    private List<Entry> entries = List.of();

    /** When a container was first missed while its replacement was in the making, by id. */
    private final Map<String, Instant> missed = new HashMap<>();

    Inventory(String controller) {
        this.controller = controller;
    }

    /** Takes in a look; returns what it changed. */
    List<Change> update(Collection<Seen> look, Collection<ComposeService> services, Set<String> asked, Instant now) {
        List<Entry> after = entries(listed(look, now), services, ContainerStatus.NOT_CREATED);
        List<Change> changes = Difference.between(entries, after, asked, now);
        entries = after;
        return changes;
    }

    /** As long as there was no look: services whose containers nobody has been asked about. */
    void startWith(Collection<ComposeService> services) {
        entries = entries(List.of(), services, ContainerStatus.UNKNOWN);
    }

    List<Container> containers() {
        return entries.stream().map(Entry::element).toList();
    }

    /** What was last seen, by id. */
    Map<String, Seen> seen() {
        return entries.stream()
                .filter(Entry::created)
                .map(Entry::seen)
                .collect(Collectors.toUnmodifiableMap(Seen::id, Function.identity()));
    }

    /** Leaves out what Compose has in the making, and keeps what that is going to replace. */
    private List<Seen> listed(Collection<Seen> look, Instant now) {
        Map<Boolean, List<Seen>> parts = look.stream()
                .collect(Collectors.partitioningBy(
                        seen -> Naming.nameInTheMaking(seen.subject()).isPresent()));
        Set<String> promised = parts.get(true).stream()
                .flatMap(seen -> Naming.nameInTheMaking(seen.subject()).stream())
                .collect(Collectors.toSet());
        List<Seen> there = new ArrayList<>(parts.get(false));
        Set<String> names = there.stream().map(Seen::fullName).collect(Collectors.toSet());
        Set<String> ids = there.stream().map(Seen::id).collect(Collectors.toSet());
        Set<String> kept = new HashSet<>();
        for (Seen earlier : seen().values()) {
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

    private List<Entry> entries(Collection<Seen> there, Collection<ComposeService> services, ContainerStatus without) {
        List<ComposeService> vacant = services.stream()
                .filter(service -> there.stream().noneMatch(service::owns))
                .toList();
        Map<String, String> names = Naming.of(
                Stream.concat(there.stream().map(Seen::subject), vacant.stream().map(ComposeService::subject))
                        .toList());
        Stream<Entry> containers =
                there.stream().map(seen -> new Entry(seen, Elements.of(seen, names.get(seen.fullName()), controller)));
        Stream<Entry> vacancies = vacant.stream()
                .map(service ->
                        new Entry(null, Elements.of(service, names.get(service.fullName()), without, controller)));
        return Stream.concat(containers, vacancies)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }
}
