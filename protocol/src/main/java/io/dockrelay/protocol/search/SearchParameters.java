package io.dockrelay.protocol.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dockrelay.protocol.wire.LogQueries;

/**
 * The query of {@code GET …/logs/search}: read by the side that answers, written by the side that asks. An empty parameter
 * counts as absent. Pure.
 */
public final class SearchParameters {

    private static final int MAX_TERMS = 16;
    private static final int MAX_TERM_LENGTH = 1_000;

    /** Of all terms, in UTF-8: three times as much is the most of them in a request line. */
    private static final int MAX_TERM_BYTES = 4_096;

    /** The values of a parameter; empty when it is absent. */
    private final Function<String, List<String>> values;

    private SearchParameters(Function<String, List<String>> values) {
        this.values = values;
    }

    /**
     * What is searched for.
     *
     * @param values the values of a query parameter; empty when it is absent
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static SearchQuery query(Function<String, List<String>> values) {
        var parameters = new SearchParameters(values);
        return new SearchQuery(
                parameters.filter(),
                parameters.bounds(),
                "oldest".equals(parameters.oneOf("order", "newest", "newest", "oldest")),
                parameters.limit(),
                parameters.flag("count", true));
    }

    /**
     * Which logs are searched.
     *
     * @param values as above
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static SearchScope scope(Function<String, List<String>> values) {
        var parameters = new SearchParameters(values);
        List<String> containers = parameters.all("container").toList();
        if (containers.size() > SearchScope.MAX_CONTAINERS) {
            throw new IllegalArgumentException("A search names at most " + SearchScope.MAX_CONTAINERS + " containers.");
        }
        String project = parameters.one("project");
        if (project != null && !containers.isEmpty()) {
            throw new IllegalArgumentException("A search is either of a \"project\" or of each \"container\".");
        }
        return new SearchScope(containers, project);
    }

    /** Both as the parameters of a query, without a question mark. */
    public static String write(SearchScope scope, SearchQuery query) {
        SearchFilter filter = query.filter();
        SearchBounds bounds = query.bounds();
        List<String> all = new ArrayList<>();
        scope.containers().forEach(container -> add(all, "container", container));
        add(all, "project", scope.project());
        for (SearchTerm term : filter.terms()) {
            add(all, (term.negative() ? "not_" : "") + (term.regex() ? "regex" : "text"), term.text());
        }
        add(all, "ignore_case", filter.ignoreCase() ? "true" : null);
        List<String> levels = filter.levels().stream().map(LineLevel::wireName).toList();
        add(all, "levels", levels.isEmpty() ? null : String.join(",", levels));
        add(all, "traces", filter.traces() ? null : "false");
        add(all, "stream", filter.stream());
        add(all, "since", bounds.since());
        add(all, "until", bounds.until());
        add(all, "before", bounds.before() == null ? null : bounds.before().text());
        add(all, "after", bounds.after() == null ? null : bounds.after().text());
        add(all, "order", query.oldestFirst() ? "oldest" : null);
        add(all, "limit", Integer.toString(query.limit()));
        add(all, "count", query.counts() ? null : "false");
        return String.join("&", all);
    }

    private static void add(List<String> all, String name, String value) {
        if (value != null) {
            all.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private SearchFilter filter() {
        List<SearchTerm> terms = Stream.of(
                        terms("text", false, false),
                        terms("regex", true, false),
                        terms("not_text", false, true),
                        terms("not_regex", true, true))
                .flatMap(each -> each)
                .toList();
        if (terms.size() > MAX_TERMS) {
            throw new IllegalArgumentException("A search has at most " + MAX_TERMS + " terms.");
        }
        if (terms.stream()
                        .mapToInt(term -> term.text().getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                > MAX_TERM_BYTES) {
            throw new IllegalArgumentException(
                    "The terms of a search have at most " + MAX_TERM_BYTES + " bytes together, in UTF-8.");
        }
        List<LineLevel> levels = all("levels")
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(LineLevel::of)
                .distinct()
                .toList();
        String stream = oneOf("stream", null, "stdout", "stderr");
        return new SearchFilter(terms, flag("ignore_case", false), levels, flag("traces", true), stream);
    }

    private Stream<SearchTerm> terms(String name, boolean regex, boolean negative) {
        return all(name).map(text -> {
            if (text.length() > MAX_TERM_LENGTH) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is longer than " + MAX_TERM_LENGTH + " characters.");
            }
            return new SearchTerm(text, regex, negative);
        });
    }

    private SearchBounds bounds() {
        return new SearchBounds(
                LogQueries.time("since", one("since")),
                LogQueries.time("until", one("until")),
                SearchPosition.read("before", one("before")),
                SearchPosition.read("after", one("after")));
    }

    private int limit() {
        String value = one("limit");
        return value == null ? SearchQuery.DEFAULT_LIMIT : LogQueries.count("limit", value, SearchQuery.MAX_LIMIT);
    }

    private boolean flag(String name, boolean otherwise) {
        String value = oneOf(name, Boolean.toString(otherwise), "true", "false");
        return Boolean.parseBoolean(value);
    }

    /** One of these values; the default when it is absent. */
    private String oneOf(String name, String otherwise, String... allowed) {
        String value = one(name);
        if (value == null) {
            return otherwise;
        }
        if (!List.of(allowed).contains(value)) {
            throw new IllegalArgumentException("\"" + name + "\" is " + String.join(" or ", allowed) + ".");
        }
        return value;
    }

    /** Null when it is absent. */
    private String one(String name) {
        return all(name).findFirst().orElse(null);
    }

    private Stream<String> all(String name) {
        return values.apply(name).stream().filter(value -> !value.isEmpty());
    }
}
