package io.dockrelay.relay.uplink;

import java.util.Map;
import java.util.TreeMap;

/** The labels that a controller gives itself, as far as they are within the limits. Pure. */
final class GivenLabels {

    private static final int MOST = 32;
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_VALUE = 128;

    private GivenLabels() {}

    /** @param given by the controller; null for none */
    static Map<String, String> of(Map<String, String> given) {
        Map<String, String> labels = new TreeMap<>();
        if (given != null) {
            given.entrySet().stream()
                    .filter(GivenLabels::isWithin)
                    .limit(MOST)
                    .forEach(label -> labels.put(label.getKey(), label.getValue()));
        }
        return labels;
    }

    private static boolean isWithin(Map.Entry<String, String> label) {
        return label.getValue() != null
                && !label.getKey().isEmpty()
                && label.getKey().length() <= LONGEST_NAME
                && label.getValue().length() <= LONGEST_VALUE;
    }
}
