package io.dockrelay.relay.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids that controllers had before: one configured URL is one controller, whichever id answers there. So a name with an
 * old id still means the same host. The oldest ids are dropped. Pure; for one thread.
 */
final class FormerIds {

    private static final int MAX = 100;

    /** The present id by former id, oldest first. */
    private final Map<String, String> present = new LinkedHashMap<>();

    /** The controller with the first id has the second one now. */
    void moved(String from, String to) {
        present.replaceAll((former, id) -> id.equals(from) ? to : id);
        present.remove(to);
        present.remove(from);
        present.put(from, to);
        if (present.size() > MAX) {
            present.remove(present.keySet().iterator().next());
        }
    }

    /** A controller has this id: it is no former one. */
    void used(String id) {
        present.remove(id);
    }

    /** The controller with this id is no longer known. */
    void forget(String id) {
        present.values().removeIf(id::equals);
    }

    /** The id that stands for this one now: the same, unless it is a former one. */
    String current(String id) {
        return present.getOrDefault(id, id);
    }

    /** The former ids of the controller that has this one now, oldest first. */
    List<String> of(String id) {
        return present.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .toList();
    }
}
