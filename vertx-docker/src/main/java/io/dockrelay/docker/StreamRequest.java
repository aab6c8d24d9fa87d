package io.dockrelay.docker;

import java.util.StringJoiner;

/**
 * A streaming request of the engine's API. Pure.
 *
 * @param uri path and query, with the API version
 * @param endless whether the answer goes on for as long as somebody listens
 * @param tty whether the container has a terminal, as its inspection said
 * @param saysHow whether the engine tells by the content type how the bytes are to be read (API 1.42 and later)
 */
record StreamRequest(String uri, boolean endless, boolean tty, boolean saysHow) {

    private static final ApiVersion SAYS_HOW = new ApiVersion(1, 42);
    private static final String RAW = "application/vnd.docker.raw-stream";
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    static StreamRequest logs(ApiVersion api, String container, LogQuery query) {
        StringJoiner uri = new StringJoiner("&", EnginePaths.container(api, container, "logs") + "?", "")
                .add("stdout=1&stderr=1&timestamps=1")
                .add("follow=" + (query.follow() ? 1 : 0))
                .add("tail=" + (query.tail() == null ? "all" : query.tail()));
        add(uri, "since", query.since());
        add(uri, "until", query.until());
        return new StreamRequest(uri.toString(), query.follow(), query.tty(), api.compareTo(SAYS_HOW) >= 0);
    }

    static StreamRequest stats(ApiVersion api, String container) {
        return new StreamRequest(EnginePaths.container(api, container, "stats") + "?stream=1", true, false, false);
    }

    /** Engines below API 1.41 pass over {@code one-shot}, and measure twice before they answer. */
    static StreamRequest statsNow(ApiVersion api, String container) {
        return new StreamRequest(
                EnginePaths.container(api, container, "stats") + "?stream=0&one-shot=1", false, false, false);
    }

    /** @param filters the query's filters as JSON, or null when there are none */
    static StreamRequest events(ApiVersion api, EventQuery query, String filters) {
        StringJoiner uri = new StringJoiner("&", "/v" + api + "/events?", "");
        uri.setEmptyValue("/v" + api + "/events");
        add(uri, "since", query.since());
        add(uri, "until", query.until());
        add(uri, "filters", filters);
        return new StreamRequest(uri.toString(), true, false, false);
    }

    /** @param contentType of the answer; null when there is none, or no answer yet */
    boolean multiplexed(String contentType) {
        if (MULTIPLEXED.equals(contentType)) {
            return true;
        }
        // Below 1.42 newer engines call everything raw.
        boolean raw = saysHow && RAW.equals(contentType);
        return !raw && !tty;
    }

    private static void add(StringJoiner uri, String name, String value) {
        if (value != null) {
            uri.add(name + "=" + EnginePaths.encode(value));
        }
    }
}
