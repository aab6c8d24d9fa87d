package io.dockrelay.protocol.stats;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A selection of containers to measure: names, full names and ids, each alone or with the prefix {@code controller/},
 * and {@code *} for all containers. Immutable.
 */
public final class StatsSet {

    /** Every container, including those created later. */
    public static final String ALL = "*";

    public static final StatsSet NONE = new StatsSet(List.of());

    private final Set<String> names;

    private StatsSet(Collection<String> names) {
        this.names = Set.copyOf(names);
    }

    public static StatsSet of(Collection<String> names) {
        return names.isEmpty() ? NONE : new StatsSet(names);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * Whether this container is selected.
     *
     * @param fullName called only when no other name matches; returns null when it is not known
     */
    public boolean wants(String controller, String name, String id, Supplier<String> fullName) {
        return names.contains(ALL)
                || selects(controller, ALL)
                || selects(controller, name)
                || selects(controller, id)
                || selects(controller, fullName.get());
    }

    /**
     * The part of the selection that concerns one controller, without the controller's name before the slash.
     *
     * @return empty when it selects nothing selected; sorted, so that equal selections are equal lists
     */
    public List<String> at(String controller) {
        Set<String> selected = new TreeSet<>();
        for (String one : names) {
            if (one.startsWith(controller + "/")) {
                selected.add(one.substring(controller.length() + 1));
            } else if (one.indexOf('/') < 0) {
                selected.add(one);
            }
        }
        return simplified(selected);
    }

    /** The same selection after a controller's id was replaced by another. */
    public StatsSet moved(String from, String to) {
        String prefix = from + "/";
        return of(names.stream()
                .map(one -> one.startsWith(prefix) ? to + "/" + one.substring(prefix.length()) : one)
                .toList());
    }

    /** The same selection with fewer entries: {@link #ALL} includes every other one. */
    public static List<String> simplified(Set<String> names) {
        return names.contains(ALL) ? List.of(ALL) : List.copyOf(names);
    }

    private boolean selects(String controller, String name) {
        return name != null && (names.contains(name) || names.contains(controller + "/" + name));
    }
}
