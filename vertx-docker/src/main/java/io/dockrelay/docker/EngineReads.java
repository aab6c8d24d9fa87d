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
 * GET requests for data that is read again and again, without docker-java's commands: the body as bytes, and its model,
 * which is parsed on a virtual thread. Owned by one {@link HttpDockerEngine}; any thread. Futures complete on the
 * caller's context.
 */
final class EngineReads {

    /** Parses a response. */
    interface Parsing<T> {
        T parse() throws IOException;
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

    /** The body of the response to a GET. */
    Future<Buffer> answer(Function<ApiVersion, String> uri, Duration deadline) {
        CallerContext caller = CallerContext.here(vertx);
        var connecting = negotiation
                .version(connections)
                .compose(version -> connections.command(HttpMethod.GET, uri.apply(version.api())));
        return caller.deliver(new EngineRequest(failures).send(connecting, new Deadline(deadline)));
    }

    /** Parses a response off the event loop: the first ones take a cold JVM several milliseconds. */
    <T> Future<T> read(Parsing<T> parsing) {
        CallerContext caller = CallerContext.here(vertx);
        Promise<T> promise = Promise.promise();
        Thread.ofVirtual().name("docker-answer").start(() -> {
            try {
                T model = parsing.parse();
                caller.run(() -> promise.complete(model));
            } catch (IOException | RuntimeException | Error e) {
                caller.run(() -> promise.fail(failures.unreadable(e)));
            }
        });
        return promise.future();
    }
}
