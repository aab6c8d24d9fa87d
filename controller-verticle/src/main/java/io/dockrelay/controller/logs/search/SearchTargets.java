package io.dockrelay.controller.logs.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;

/**
 * The containers that a search means.
 *
 * @param containers those with a log, each once
 * @param failed those without, if they were named
 */
record SearchTargets(List<Container> containers, List<SearchFailure> failed) {

    /** @throws Refusal when it means none */
    static SearchTargets of(ContainerList list, SearchScope scope) {
        return scope.containers().isEmpty() ? ofProject(list, scope.project()) : named(list, scope.containers());
    }

    /** @param project null for all containers */
    private static SearchTargets ofProject(ContainerList list, String project) {
        List<Container> all = list.containers().stream()
                .filter(container -> container.id() != null)
                .filter(container -> project == null
                        || Objects.equals(project, container.details().project()))
                .toList();
        if (all.isEmpty() && project != null) {
            throw new Refusal(RefusalKind.NO_SUCH_CONTAINER, "no container of a project \"" + project + "\" is known");
        }
        return new SearchTargets(all, List.of());
    }

    private static SearchTargets named(ContainerList list, List<String> names) {
        List<Container> containers = new ArrayList<>();
        List<SearchFailure> failed = new ArrayList<>();
        Refusal first = null;
        for (String name : names) {
            Optional<Container> found = list.find(name);
            if (found.isPresent() && found.get().id() != null) {
                containers.add(found.get());
                continue;
            }
            Refusal why = found.isPresent() ? withoutLog(found.get()) : Refusal.noSuchContainer(name);
            first = first == null ? why : first;
            failed.add(new SearchFailure(null, name, why.kind().httpStatus(), why.getMessage()));
        }
        if (containers.isEmpty() && first != null) {
            throw first;
        }
        return new SearchTargets(containers.stream().distinct().toList(), failed);
    }

    private static Refusal withoutLog(Container container) {
        return new Refusal(RefusalKind.NO_SUCH_CONTAINER, container.name() + " has no container yet, and so no log");
    }
}
