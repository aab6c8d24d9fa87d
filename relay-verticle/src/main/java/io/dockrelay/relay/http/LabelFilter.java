package io.dockrelay.relay.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.ext.web.RoutingContext;

import io.dockrelay.protocol.wire.ControllerLink;

/**
 * The query parameter {@code label}: hosts with this label, as {@code name=value}, or {@code name} for any value. Of several,
 * each must match. Pure.
 */
final class LabelFilter {

    private static final int MOST = 20;

    /** Names with values; without one for any value. */
    private final List<String[]> wanted;

    private LabelFilter(List<String[]> wanted) {
        this.wanted = wanted;
    }

    /** @throws IllegalArgumentException with a sentence */
    static LabelFilter of(RoutingContext context) {
        return of(context.queryParams().getAll("label"));
    }

    /** @throws IllegalArgumentException with a sentence */
    static LabelFilter of(List<String> texts) {
        boolean wrong = texts.size() > MOST || texts.stream().anyMatch(text -> text.isEmpty() || text.startsWith("="));
        if (wrong) {
            throw new IllegalArgumentException(
                    "\"label\" must be NAME=VALUE or NAME, such as region=eu, at most " + MOST + " times.");
        }
        return new LabelFilter(texts.stream().map(text -> text.split("=", 2)).toList());
    }

    /** Whether there is anything to match. */
    boolean isOn() {
        return !wanted.isEmpty();
    }

    boolean matches(Map<String, String> labels) {
        return wanted.stream()
                .allMatch(label ->
                        label.length == 1 ? labels.containsKey(label[0]) : label[1].equals(labels.get(label[0])));
    }

    /** The ids of the controllers that match. */
    Set<String> among(List<ControllerLink> links) {
        return links.stream()
                .filter(link -> matches(link.labels()))
                .map(ControllerLink::controller)
                .collect(Collectors.toUnmodifiableSet());
    }
}
