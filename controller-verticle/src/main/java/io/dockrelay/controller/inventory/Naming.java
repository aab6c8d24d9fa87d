package io.dockrelay.controller.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dockrelay.controller.engine.ComposeLabels;

/** The short names of one engine's containers, by the rules of the protocol's table. Pure. */
final class Naming {

    private Naming() {}

    /** What a short name is derived from. */
    record Subject(String fullName, ComposeLabels compose) {

        /** See {@link ComposeLabels#nameAfterRecreation}. */
        Optional<String> nameAfterRecreation() {
            return compose.nameAfterRecreation(fullName);
        }
    }

    /**
     * The short name of each full name. A container keeps its full name where two short names would be the same, or a short
     * name would be another container's full name.
     */
    static Map<String, String> of(Collection<Subject> subjects) {
        Map<List<String>, Long> sizes = subjects.stream()
                .filter(subject -> subject.compose().isOfService())
                .collect(Collectors.groupingBy(Naming::service, Collectors.counting()));
        Set<String> fullNames = subjects.stream().map(Subject::fullName).collect(Collectors.toSet());
        Map<String, String> wanted = new HashMap<>();
        for (Subject subject : subjects) {
            boolean alone = sizes.getOrDefault(service(subject), 0L) == 1;
            wanted.put(subject.fullName(), wanted(subject, alone));
        }
        Map<String, Long> takers =
                wanted.values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Set<String> taken = new HashSet<>(fullNames);
        wanted.replaceAll((full, name) -> takers.get(name) > 1 || taken.contains(name) ? full : name);
        return wanted;
    }

    private static String wanted(Subject subject, boolean alone) {
        ComposeLabels compose = subject.compose();
        if (alone && compose.isGeneratedName(subject.fullName())) {
            return compose.service();
        }
        String prefix = compose.project() + "-";
        boolean prefixed = compose.project() != null
                && subject.fullName().startsWith(prefix)
                && subject.fullName().length() > prefix.length();
        return prefixed ? subject.fullName().substring(prefix.length()) : subject.fullName();
    }

    private static List<String> service(Subject subject) {
        return List.of(
                String.valueOf(subject.compose().project()),
                String.valueOf(subject.compose().service()));
    }
}
