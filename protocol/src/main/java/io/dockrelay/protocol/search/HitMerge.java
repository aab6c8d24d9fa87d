package io.dockrelay.protocol.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dockrelay.protocol.search.SearchItem.Hit;

/**
 * Merges the hits of several sources, such as containers or controllers, into one sequence. Each source delivers its hits in
 * the order of the search and says how far it is, so a hit is passed on as soon as no source can deliver an earlier one. It
 * holds as many hits as may still be sent, at most the limit, whatever the number of sources. Pure; for one thread.
 */
public final class HitMerge {

    /** One source. */
    private static final class Source {

        private final Deque<Hit> hits = new ArrayDeque<>();

        /** It delivers no hit that is earlier, in the order of the search; null while nothing is known. */
        private String reached;

        private boolean ended;

        /** Whether the source may still deliver a hit that comes before this one. */
        boolean mayPrecede(Hit hit, boolean oldestFirst) {
            if (ended || !hits.isEmpty()) {
                return false;
            }
            int order = reached == null ? 0 : reached.compareTo(hit.key());
            return reached == null || (oldestFirst ? order <= 0 : order >= 0);
        }
    }

    private final Map<String, Source> sources = new HashMap<>();
    private final Comparator<Hit> order;
    private final boolean oldestFirst;

    /** How many hits may still be passed on. */
    private int left;

    /** Hits that wait in the sources. */
    private int waiting;

    /** The last hit that was passed on; null before the first. */
    private Hit last;

    public HitMerge(boolean oldestFirst, int limit) {
        this.oldestFirst = oldestFirst;
        this.left = limit;
        Comparator<Hit> byTime = Comparator.comparing(Hit::key);
        this.order = (oldestFirst ? byTime : byTime.reversed()).thenComparing(Hit::id);
    }

    /** A source that will deliver hits. All sources are added before the first hit. */
    public void add(String source) {
        sources.put(source, new Source());
    }

    /**
     * Takes hits of a source, in the order of the search.
     *
     * @param reached the source delivers no earlier hit than this time from now on; null when nothing is known
     */
    public void put(String source, List<Hit> hits, String reached) {
        Source at = sources.get(source);
        for (Hit hit : hits) {
            at.hits.add(hit);
            waiting++;
        }
        at.reached = reached == null ? at.reached : reached;
        while (waiting > left) {
            dropLatest();
        }
    }

    /** The source delivers no more hits. */
    public void end(String source) {
        sources.get(source).ended = true;
    }

    /** The hits that no source can precede any more. */
    public List<Hit> take() {
        List<Hit> taken = new ArrayList<>();
        for (Source next = first(); next != null && left > 0; next = first()) {
            last = next.hits.remove();
            taken.add(last);
            waiting--;
            left--;
        }
        return taken;
    }

    /** How many hits may still be passed on. */
    public int left() {
        return left;
    }

    /**
     * Everything up to this time, in the order of the search, was passed on.
     *
     * @return null when that is nothing, or everything
     */
    public String reached() {
        Comparator<String> byTime = Comparator.naturalOrder();
        List<Source> open =
                sources.values().stream().filter(source -> !source.ended).toList();
        if (open.stream().anyMatch(source -> source.reached == null)) {
            return null;
        }
        return open.stream()
                .map(source -> source.reached)
                .min(oldestFirst ? byTime : byTime.reversed())
                .orElse(null);
    }

    /** Where the same search continues after the hits that were passed on; null when none was. */
    public SearchPosition position() {
        return last == null ? null : last.position();
    }

    /** The source whose first hit is the next one; null when that cannot be known yet, or there is none. */
    private Source first() {
        Source first = sources.values().stream()
                .filter(source -> !source.hits.isEmpty())
                .min(Comparator.comparing(source -> source.hits.getFirst(), order))
                .orElse(null);
        if (first == null) {
            return null;
        }
        Hit hit = first.hits.getFirst();
        return sources.values().stream().anyMatch(source -> source.mayPrecede(hit, oldestFirst)) ? null : first;
    }

    /** Enough hits come before the latest one, so it will never be passed on. */
    private void dropLatest() {
        Source latest = sources.values().stream()
                .filter(source -> !source.hits.isEmpty())
                .max(Comparator.comparing(source -> source.hits.getLast(), order))
                .orElseThrow();
        latest.hits.removeLast();
        waiting--;
    }
}
