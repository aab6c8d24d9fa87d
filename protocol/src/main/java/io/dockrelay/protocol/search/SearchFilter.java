package io.dockrelay.protocol.search;

import java.util.List;

/**
 * Which lines are hits: those that pass all of these.
 *
 * @param terms may be empty
 * @param levels empty for lines of any level, which are then not determined
 * @param traces false leaves out the lines that continue a stack trace; only with levels
 * @param stream {@code stdout} or {@code stderr}; null for both
 */
public record SearchFilter(
        List<SearchTerm> terms, boolean ignoreCase, List<LineLevel> levels, boolean traces, String stream) {

    public SearchFilter {
        terms = List.copyOf(terms);
        levels = List.copyOf(levels);
    }
}
