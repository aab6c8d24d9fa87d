package io.dockrelay.protocol.search;

import java.time.Duration;

/**
 * Asks for the next part of a search. A search that is not pulled for {@link #LEASE} ends.
 *
 * @param wanted false only keeps the search open; the answer is an empty part
 */
public record PullSearch(String search, boolean wanted) {

    /** How long a controller keeps a search open that is not pulled. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** How often a caller with a slow reader of its own keeps the search open. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(10);
}
