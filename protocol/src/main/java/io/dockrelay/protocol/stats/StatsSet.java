package io.dockrelay.protocol.stats;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which containers' load somebody wants to see: names, full names and ids, each alone or behind {@code controller/},
 * and {@code *} for all of them. Immutable.
 */
public final class StatsSet {

    /** Every container, those included that come later. */
    public static final String ALL = "*";

    public static final StatsSet NONE = new StatsSet(List.of());

    private final Set<String> asked;

    private StatsSet(Collection<String> asked) {
        this.asked = Set.copyOf(asked);
    }

    public static StatsSet of(Collection<String> asked) {
        return asked.isEmpty() ? NONE : new StatsSet(asked);
    }

    public boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * Whether this container is wanted.
     *
     * @param fullName looked up only where nothing else tells; gives null when it is not known
     */
    public boolean wants(String controller, String name, String id, Supplier<String> fullName) {
        return asked.contains(ALL)
                || meant(controller, ALL)
                || meant(controller, name)
                || meant(controller, id)
                || meant(controller, fullName.get());
    }

    /**
     * What to ask one controller for, without its own name before the slash.
     *
     * @return empty when nothing can be there; sorted, so that the same set is the same question
     */
    public List<String> at(String controller) {
        Set<String> there = new TreeSet<>();
        for (String one : asked) {
            if (one.startsWith(controller + "/")) {
                there.add(one.substring(controller.length() + 1));
            } else if (one.indexOf('/') < 0) {
                there.add(one);
            }
        }
        return simplified(there);
    }

    /** The same question in fewer words: beside {@link #ALL} nothing else need be named. */
    public static List<String> simplified(Set<String> asked) {
        return asked.contains(ALL) ? List.of(ALL) : List.copyOf(asked);
    }

    private boolean meant(String controller, String name) {
        return name != null && (asked.contains(name) || asked.contains(controller + "/" + name));
    }
}
