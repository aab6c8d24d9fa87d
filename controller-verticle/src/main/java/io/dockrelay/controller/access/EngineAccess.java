package io.dockrelay.controller.access;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an engine's socket allows. Pure.
 *
 * @param answers one for each use
 */
record EngineAccess(Map<EngineUse, ProbeAnswer> answers) {

    EngineAccess {
        answers = new EnumMap<>(answers);
    }

    /** Whether the engine, or its proxy, has said something about the list, without which nothing works. */
    boolean isAnswered() {
        return !(answers.get(EngineUse.LIST) instanceof ProbeAnswer.Unclear);
    }

    /** The largest profile of which everything works. */
    Optional<EngineProfile> profile() {
        return Stream.of(EngineProfile.values())
                .filter(profile -> working().containsAll(EngineUse.of(profile)))
                .reduce((smaller, larger) -> larger);
    }

    /** Whether exactly a profile works, so that nothing is missing by mistake. */
    boolean isExactlyAProfile() {
        return profile().map(EngineUse::of).equals(Optional.of(working()));
    }

    /** What works and what does not, as the end of a sentence about the engine. */
    String text() {
        StringJoiner text = new StringJoiner("; ")
                .add(profile()
                        .map(profile -> "allows the profile " + profile.wireName())
                        .orElse("allows no whole profile (watch, logs, control)"));
        text.add((working().isEmpty() ? "nothing" : names(working())) + " can be used");
        reasons(ProbeAnswer.Refused.class).forEach((reason, uses) -> text.add(names(uses) + " refused: " + reason));
        reasons(ProbeAnswer.Unclear.class).forEach((reason, uses) -> text.add(names(uses) + " not clear: " + reason));
        return text.toString();
    }

    private Set<EngineUse> working() {
        Set<EngineUse> working = EnumSet.noneOf(EngineUse.class);
        answers.forEach((use, answer) -> {
            if (answer instanceof ProbeAnswer.Works) {
                working.add(use);
            }
        });
        return working;
    }

    /** The uses by the reason that they do not work, in the order of the uses. */
    private Map<String, Set<EngineUse>> reasons(Class<? extends ProbeAnswer> kind) {
        Map<String, Set<EngineUse>> reasons = new LinkedHashMap<>();
        answers.forEach((use, answer) -> {
            if (kind.isInstance(answer)) {
                reasons.computeIfAbsent(reason(answer), first -> EnumSet.noneOf(EngineUse.class))
                        .add(use);
            }
        });
        return reasons;
    }

    private static String reason(ProbeAnswer answer) {
        return switch (answer) {
            case ProbeAnswer.Works works -> "";
            case ProbeAnswer.Refused refused -> refused.reason();
            case ProbeAnswer.Unclear unclear -> unclear.reason();
        };
    }

    private static String names(Set<EngineUse> uses) {
        List<String> names = uses.stream().map(EngineUse::endpoint).toList();
        return names.stream().collect(Collectors.joining(", "));
    }
}
