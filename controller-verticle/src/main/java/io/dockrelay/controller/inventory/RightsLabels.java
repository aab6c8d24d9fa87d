package io.dockrelay.controller.inventory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.rights.NamePattern;

/**
 * Which labels of a container go to relays, for the rights of their users: those of this program, and those that a setting
 * names. All others stay here, because labels may hold secrets. Pure.
 *
 * @param further names, with wildcards
 */
record RightsLabels(List<NamePattern> further) {

    static final RightsLabels OWN = new RightsLabels(List.of());

    RightsLabels {
        further = List.copyOf(further);
    }

    static RightsLabels of(List<String> names) {
        return new RightsLabels(names.stream().map(NamePattern::new).toList());
    }

    Map<String, String> among(Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(label -> isChosen(label.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, label -> valueOf(label.getValue())));
    }

    private boolean isChosen(String name) {
        return name.startsWith(LabelRules.PREFIX) || further.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static String valueOf(String value) {
        return value == null ? "" : value;
    }
}
