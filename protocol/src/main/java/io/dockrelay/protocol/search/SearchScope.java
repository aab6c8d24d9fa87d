package io.dockrelay.protocol.search;

import java.util.List;

/**
 * Which logs of a controller are searched.
 *
 * @param containers names, full names or ids; empty for those of the project
 * @param project a compose project; null for all containers, unless some are named
 */
public record SearchScope(List<String> containers, String project) {

    /** The most named containers of one search. */
    public static final int MAX_CONTAINERS = 100;

    public SearchScope {
        containers = List.copyOf(containers);
    }

    public static SearchScope one(String container) {
        return new SearchScope(List.of(container), null);
    }
}
