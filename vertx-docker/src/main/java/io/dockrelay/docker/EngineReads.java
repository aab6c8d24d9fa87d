package io.dockrelay.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * Asks the engine for what is read again and again: the answer as bytes, and what they say, worked out on a virtual
 * thread. Owned by one {@link HttpDockerEngine}; any thread, and what comes of it on the context of the caller.
 */
final class EngineReads {

    /** Makes a model of an answer. */
    interface Reading<T> {
        T read() throws IOException;
    }

    private final Vertx vertx;
    private final EngineErrors failures;
    private final Negotiation negotiation;
    private final Connections connections;

    EngineReads(Vertx vertx, EngineErrors failures, Negotiation negotiation, Connections connections) {
        this.vertx = vertx;
        this.failures = failures;
        this.negotiation = negotiation;
        this.connections = connections;
    }

    /** The body of the answer to a GET. */
    Future<Buffer> answer(Function<ApiVersion, String> uri, Duration deadline) {
        CallerContext caller = CallerContext.here(vertx);
        var connecting = negotiation
                .version(connections)
                .compose(version -> connections.command(HttpMethod.GET, uri.apply(version.api())));
        return caller.hears(new EngineRequest(failures).ask(connecting, deadline));
    }

    /** What an answer says; the first ones take a cold JVM milliseconds, which no event loop has. */
    <T> Future<T> read(Reading<T> reading) {
        CallerContext caller = CallerContext.here(vertx);
        Promise<T> promise = Promise.promise();
        Thread.ofVirtual().name("docker-answer").start(() -> {
            try {
                T read = reading.read();
                caller.tell(() -> promise.complete(read));
            } catch (IOException | RuntimeException | Error e) {
                caller.tell(() -> promise.fail(failures.unreadable(e)));
            }
        });
        return promise.future();
    }
}
