package io.dockrelay.docker;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Negotiates the API version with the engine. Consulted before every request; sends a request of its own only after a
 * connection was lost, since another engine may now listen at the same address. Concurrent callers share one request.
 * Owned by one {@link HttpDockerEngine}; any thread.
 */
final class Negotiation {

    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);

    private final ObjectMapper json;
    private final EngineErrors failures;
    private final ApiVersion ours;
    private final Deadline deadline;

    /** The request in flight or its result; null when the next caller must send one. */
    private final AtomicReference<Future<EngineVersion>> current = new AtomicReference<>();

    /** The last result; null before the first. */
    private volatile EngineVersion last;

    /** @param ours the newest version to use */
    Negotiation(ObjectMapper json, EngineErrors failures, ApiVersion ours, Deadline deadline) {
        this.json = json;
        this.failures = failures;
        this.ours = ours;
        this.deadline = deadline;
    }

    EngineVersion last() {
        return last;
    }

    /** Makes the next caller negotiate again. */
    void forget() {
        current.set(null);
    }

    Future<EngineVersion> version(Connections connections) {
        Future<EngineVersion> known = current.get();
        if (known != null) {
            return known;
        }
        Promise<EngineVersion> promise = Promise.promise();
        if (!current.compareAndSet(null, promise.future())) {
            return version(connections);
        }
        ask(connections).onComplete(answer -> settle(promise, answer));
        return promise.future();
    }

    private void settle(Promise<EngineVersion> promise, io.vertx.core.AsyncResult<EngineVersion> answer) {
        if (answer.failed()) {
            current.compareAndSet(promise.future(), null);
            promise.fail(failures.of(answer.cause()));
            return;
        }
        EngineVersion version = answer.result();
        if (!version.equals(last)) {
            LOG.info(
                    "Docker engine {} ({}) at {}, API {}",
                    version.engine(),
                    version.platform(),
                    failures.endpoint(),
                    version.api());
        }
        last = version;
        promise.complete(version);
    }

    private Future<EngineVersion> ask(Connections connections) {
        return new EngineRequest(failures)
                .send(connections.command(HttpMethod.GET, "/version"), deadline)
                .map(this::read);
    }

    private EngineVersion read(Buffer body) {
        try {
            JsonNode answer = json.readTree(body.getBytes());
            ApiVersion newest = ApiVersion.parse(answer.path("ApiVersion").asText());
            String minimum = answer.path("MinAPIVersion").asText("");
            ApiVersion oldest = minimum.isEmpty() ? null : ApiVersion.parse(minimum);
            String engine = answer.path("Version").asText("of unknown version");
            String platform =
                    answer.path("Os").asText("?") + "/" + answer.path("Arch").asText("?");
            ApiVersion api = ApiChoice.choose(ours, newest, oldest, engine);
            return new EngineVersion(engine, api, newest, oldest, platform);
        } catch (IOException | IllegalArgumentException e) {
            throw failures.unreadable(e);
        }
    }
}
