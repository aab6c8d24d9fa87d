package io.dockrelay.controller.stats.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.StatsSample;

/**
 * The histories of all containers, also of those that do not run or were removed, for a day after their last measurement. Their
 * number is bounded. A container that takes the place of a removed one, under the same name, continues its history. Time
 * is a parameter. Owned by the verticle, on its context.
 */
final class LoadHistories {

    /** About 95 KB each, if the container ran all day. */
    static final int MOST = 512;

    private static final Logger log = LoggerFactory.getLogger(LoadHistories.class);
    private static final Duration KEPT = Duration.ofHours(24);

    /** A history that was measured within this time is never dropped for another one. */
    private static final long IN_USE_MS = Duration.ofMinutes(5).toMillis();

    private final int stepMs;
    private final Map<String, ContainerHistory> byId = new HashMap<>();

    /** Whether the log has a line about it. */
    private boolean saidFull;

    LoadHistories(int stepMs) {
        this.stepMs = stepMs;
    }

    int stepMs() {
        return stepMs;
    }

    Collection<ContainerHistory> all() {
        return byId.values();
    }

    /** Takes histories of an earlier process; those that are there stay. */
    void restore(List<ContainerHistory> kept) {
        kept.forEach(history -> byId.putIfAbsent(history.container().id(), history));
    }

    void add(StatsSample sample, ContainerList list) {
        long at = sample.at().toEpochMilli();
        for (ContainerStats item : sample.items()) {
            ContainerHistory history = byId.get(item.id());
            if (history == null) {
                history = begin(item, list, at);
            }
            if (history != null) {
                history.add(item, at);
            }
        }
    }

    /** The list has changed: containers may have other names. */
    void listed(ContainerList list) {
        for (Container container : list.containers()) {
            ContainerHistory history = container.id() == null ? null : byId.get(container.id());
            if (history != null) {
                history.becomes(named(container));
            }
        }
    }

    /** The history of a container; of several removed ones with a name it is that of the last. */
    Optional<ContainerHistory> find(String nameOrId) {
        return byId.values().stream()
                .filter(history -> history.container().answersTo(nameOrId))
                .max(Comparator.comparingLong(ContainerHistory::lastAt));
    }

    /** The history of a container of the list; before its first measurement, that of the one in whose place it is. */
    Optional<ContainerHistory> of(Container container, ContainerList list) {
        ContainerHistory own = byId.get(container.id());
        return Optional.ofNullable(own == null ? predecessor(named(container), list) : own);
    }

    /** Drops what was not measured for a day. */
    void expire(Instant now) {
        long before = now.minus(KEPT).toEpochMilli();
        byId.values().removeIf(history -> history.lastAt() < before);
    }

    /** Null when there is no room for one more. */
    private ContainerHistory begin(ContainerStats item, ContainerList list, long at) {
        KeptContainer container = list.byId(item.id())
                .map(LoadHistories::named)
                .orElseGet(() -> new KeptContainer(item.id(), item.container(), item.container()));
        ContainerHistory predecessor = predecessor(container, list);
        if (predecessor != null) {
            byId.remove(predecessor.container().id());
            predecessor.becomes(container);
            byId.put(container.id(), predecessor);
            return predecessor;
        }
        if (byId.size() >= MOST && !dropOldest(at)) {
            return null;
        }
        var begun = new ContainerHistory(container, stepMs);
        byId.put(container.id(), begun);
        return begun;
    }

    /** The removed container with the same full name; null when there is none. */
    private ContainerHistory predecessor(KeptContainer container, ContainerList list) {
        return byId.values().stream()
                .filter(history -> history.container().fullName().equals(container.fullName()))
                .filter(history -> list.byId(history.container().id()).isEmpty())
                .max(Comparator.comparingLong(ContainerHistory::lastAt))
                .orElse(null);
    }

    private boolean dropOldest(long at) {
        ContainerHistory oldest = byId.values().stream()
                .min(Comparator.comparingLong(ContainerHistory::lastAt))
                .orElseThrow();
        boolean unused = oldest.lastAt() < at - IN_USE_MS;
        if (unused) {
            byId.remove(oldest.container().id());
        } else if (!saidFull) {
            saidFull = true;
            log.warn("the load of more than {} containers is not kept; later ones have no history", MOST);
        }
        return unused;
    }

    private static KeptContainer named(Container container) {
        return new KeptContainer(container.id(), container.name(), container.fullName());
    }
}
