package io.dockrelay.relay.fleet;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.bus.ContainersChanged;

/**
 * Whether what was learned of one controller's list is without a hole. What comes while there is one is kept until the
 * list itself has arrived. Pure, for one thread.
 */
final class Revisions {

    private static final long NONE = -1;
    /** More than come in the time that a list takes; beyond it, the list is asked for once more. */
    private static final int HELD_AT_MOST = 1000;

    /** The last revision that is in the list; {@link #NONE} while there is no list without a hole. */
    private long known = NONE;

    private final List<ContainersChanged> held = new ArrayList<>();

    boolean hole() {
        return known == NONE;
    }

    /** What is known can no longer be built upon. */
    void broken() {
        known = NONE;
        held.clear();
    }

    /** Whether this is the next one; one that is not leaves a hole. */
    boolean follows(ContainersChanged news) {
        if (known != NONE && news.revision() == known + 1) {
            known++;
            return true;
        }
        known = NONE;
        if (held.size() == HELD_AT_MOST) {
            held.clear();
        }
        held.add(news);
        return false;
    }

    /** Whether a list of this revision says anything new: an older one was overtaken by news. */
    boolean supersededBy(long revision) {
        return known == NONE || revision >= known;
    }

    /** The list of this revision has been taken over; answers what came meanwhile and is not in it. */
    List<ContainersChanged> startFrom(long revision) {
        known = revision;
        List<ContainersChanged> later =
                held.stream().filter(news -> news.revision() > revision).toList();
        held.clear();
        return later;
    }
}
