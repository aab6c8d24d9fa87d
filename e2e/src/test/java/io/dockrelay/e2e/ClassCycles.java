package io.dockrelay.e2e;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

/**
 * Finds groups of classes in one package that depend on each other, directly or through others. Nested classes count as
 * their top-level class. Dependencies of any kind count, and a sealed type depends on the types that it permits.
 */
final class ClassCycles {

    /** The classes that a class depends on, in its own package, by top-level names. */
    private final Map<String, Set<String>> targets = new TreeMap<>();

    private ClassCycles() {}

    /** Each group as {@code package: class, class}; empty when there is no cycle. */
    static List<String> in(JavaClasses classes) {
        var cycles = new ClassCycles();
        classes.forEach(cycles::add);
        return cycles.groups();
    }

    private void add(JavaClass origin) {
        Set<String> found = targets.computeIfAbsent(topLevel(origin), name -> new TreeSet<>());
        Stream.concat(used(origin), permitted(origin))
                .filter(name -> packageOf(name).equals(origin.getPackageName()) && !name.equals(topLevel(origin)))
                .forEach(found::add);
    }

    private static Stream<String> used(JavaClass origin) {
        return origin.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .map(ClassCycles::topLevel);
    }

    private static Stream<String> permitted(JavaClass origin) {
        Class<?> type = origin.reflect();
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).map(subclass -> topLevel(subclass.getName()))
                : Stream.empty();
    }

    private List<String> groups() {
        Map<String, Set<String>> reachable = new TreeMap<>();
        targets.keySet().forEach(name -> reachable.put(name, reachableFrom(name)));
        Set<String> grouped = new TreeSet<>();
        List<String> groups = new ArrayList<>();
        reachable.forEach((name, others) -> {
            List<String> group = others.stream()
                    .filter(other -> reachable.getOrDefault(other, Set.of()).contains(name))
                    .toList();
            if (!group.isEmpty() && grouped.add(group.getFirst())) {
                groups.add(described(group));
            }
        });
        return groups;
    }

    /** Contains the class itself only if it is part of a cycle. */
    private Set<String> reachableFrom(String name) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(targets.get(name));
        while (!next.isEmpty()) {
            String target = next.pop();
            if (reached.add(target)) {
                next.addAll(targets.getOrDefault(target, Set.of()));
            }
        }
        return reached;
    }

    private static String described(List<String> group) {
        String packageName = packageOf(group.getFirst());
        return packageName + ": "
                + String.join(
                        ", ",
                        group.stream()
                                .map(name -> name.substring(packageName.length() + 1))
                                .toList());
    }

    private static String topLevel(JavaClass type) {
        return topLevel(type.getName());
    }

    private static String topLevel(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String packageOf(String name) {
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
    }
}
