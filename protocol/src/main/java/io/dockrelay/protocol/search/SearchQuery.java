package io.dockrelay.protocol.search;

/**
 * What is searched for in logs.
 *
 * @param oldestFirst false for the newest hits first
 * @param limit hits to send, 0 to {@link #MAX_LIMIT}
 * @param counts whether the search goes on after the limit, to count all hits
 */
public record SearchQuery(SearchFilter filter, SearchBounds bounds, boolean oldestFirst, int limit, boolean counts) {

    public static final int DEFAULT_LIMIT = 100;

    public static final int MAX_LIMIT = 1_000;
}
