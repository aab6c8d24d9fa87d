package io.dockrelay.docker;

import java.util.StringJoiner;

import io.dockrelay.docker.stream.GetRequest;

/**
 * A streaming request of the engine's API. Pure.
 *
 * @param uri path and query, with the API version
 * @param endless whether the response lasts until the caller cancels it
 * @param tty whether the container has a terminal, according to its inspection
 * @param typed whether the response's content type says how the bytes are framed (API 1.42 and later)
 */
record StreamRequest(String uri, boolean endless, boolean tty, boolean typed) {

    private static final ApiVersion TYPED_SINCE = new ApiVersion(1, 42);
    private static final String RAW = "application/vnd.docker.raw-stream";
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    static StreamRequest logs(ApiVersion api, String container, LogQuery query) {
        StringJoiner uri = new StringJoiner("&", EnginePaths.container(api, container, "logs") + "?", "")
                .add("stdout=1&stderr=1&timestamps=1")
                .add("follow=" + (query.follow() ? 1 : 0))
                .add("tail=" + (query.tail() == null ? "all" : query.tail()));
        add(uri, "since", query.since());
        add(uri, "until", query.until());
        return new StreamRequest(uri.toString(), query.follow(), query.tty(), api.compareTo(TYPED_SINCE) >= 0);
    }

    static StreamRequest stats(ApiVersion api, String container) {
        return new StreamRequest(EnginePaths.container(api, container, "stats") + "?stream=1", true, false, false);
    }

    /** Engines below API 1.41 ignore {@code one-shot}, and measure twice before they answer. */
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

    /** The request on the wire. */
    GetRequest get(Endpoint endpoint) {
        return new GetRequest(endpoint.uri(uri), endpoint.hostHeader(), endless);
    }

    /** @param contentType of the response; null when there is none, or no response yet */
    boolean multiplexed(String contentType) {
        if (MULTIPLEXED.equals(contentType)) {
            return true;
        }
        // Newer engines call everything raw when the request's API version is below 1.42.
        boolean raw = typed && RAW.equals(contentType);
        return !raw && !tty;
    }

    private static void add(StringJoiner uri, String name, String value) {
        if (value != null) {
            uri.add(name + "=" + EnginePaths.encode(value));
        }
    }
}
