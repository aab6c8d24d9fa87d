package io.dockrelay.controller.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The short names of one engine's containers, by the rules of the protocol's table. Pure. */
final class Naming {

    private static final Pattern IN_THE_MAKING = Pattern.compile("[0-9a-f]{12}_(.+)");

    private Naming() {}

    /** What a name is made of. */
    record Subject(String fullName, ComposeLabels compose) {}

    /**
     * The name that Compose will give, or has taken from, a container that it is just replacing:
     * {@code <12 hex digits>_NAME}. Empty for every other container.
     */
    static Optional<String> nameInTheMaking(Subject subject) {
        Matcher matcher = IN_THE_MAKING.matcher(subject.fullName());
        boolean making = subject.compose().service() != null && matcher.matches();
        return making ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Each full name's short name; where two would be the same, and where one would be another's full name, the full. */
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
        if (alone && compose.generated(subject.fullName())) {
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
