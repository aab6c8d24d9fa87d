package io.dockrelay.protocol.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The containers of one controller. Immutable: {@link #with} returns the next list. Names are unique; of two elements with
 * one name the later stays.
 *
 * <p>A list and the changes after it are enough to keep it ({@link Change#concerns} is the rule), whichever program keeps it.
 * The file {@code golden/container-list-cases.json} holds every reader to the same results.
 *
 * @param containers in the order in which they came: an element that is replaced moves to the end
 */
public record ContainerList(List<Container> containers) {

    public static final ContainerList EMPTY = new ContainerList(List.of());

    private static final List<Function<Container, String>> KEYS =
            List.of(Container::name, Container::fullName, Container::id);

    public ContainerList {
        Map<String, Container> byName = new LinkedHashMap<>();
        for (Container container : containers) {
            byName.remove(container.name());
            byName.put(container.name(), container);
        }
        containers = List.copyOf(byName.values());
    }

    /** The list after one more change; an incomplete change alters nothing. */
    public ContainerList with(Change change) {
        return with(List.of(change));
    }

    /** The list after these changes, applied in order; those that are not {@link Change#isComplete} alter nothing. */
    public ContainerList with(List<Change> changes) {
        List<Container> next = new ArrayList<>(containers);
        for (Change change : changes) {
            if (change.isComplete()) {
                next.removeIf(change::concerns);
                Optional.ofNullable(change.container()).ifPresent(next::add);
            }
        }
        return new ContainerList(next);
    }

    /** The container with this name, else with this full name, else with this id. */
    public Optional<Container> find(String nameOrId) {
        return KEYS.stream()
                .flatMap(key -> containers.stream().filter(container -> nameOrId.equals(key.apply(container))))
                .findFirst();
    }

    /** @param id null finds nothing: a service without a container has no id */
    public Optional<Container> byId(String id) {
        return containers.stream()
                .filter(container -> id != null && Objects.equals(id, container.id()))
                .findFirst();
    }
}
