package io.dockrelay.docker;

import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One request without a body whose response is read completely, without a thread. For any thread; used once. */
final class EngineRequest {

    /** Statuses of success: data, an action that was executed, and an action that was not necessary. */
    private static final Set<Integer> SUCCESS = Set.of(200, 204, 304);

    private final EngineErrors failures;
    private final Promise<Buffer> promise = Promise.promise();

    /** Null until there is a connection. */
    private volatile HttpClientRequest request;

    EngineRequest(EngineErrors failures) {
        this.failures = failures;
    }

    /** The response's body, or a {@link DockerEngineException}. After the deadline the request is cancelled. */
    Future<Buffer> send(Future<HttpClientRequest> connecting, Deadline deadline) {
        connecting.onSuccess(this::connected).onFailure(this::fail);
        deadline.watch(promise.future(), () -> expire(deadline));
        return promise.future();
    }

    private void connected(HttpClientRequest connected) {
        // Without a handler Vert.x logs the failure, which the failed response reports anyway.
        connected.exceptionHandler(this::fail);
        request = connected;
        if (promise.future().isComplete()) {
            cancel(connected);
        } else {
            // A handler attached after the response has arrived never fires: ask for the body before the request is
            // sent.
            connected
                    .response()
                    .compose(this::body)
                    .onSuccess(promise::tryComplete)
                    .onFailure(this::fail);
            connected.end().onFailure(this::fail);
        }
    }

    private Future<Buffer> body(HttpClientResponse response) {
        return response.body().map(body -> {
            if (!SUCCESS.contains(response.statusCode())) {
                throw failures.refused(response.statusCode(), body.toString());
            }
            return body;
        });
    }

    private void expire(Deadline deadline) {
        HttpClientRequest sent = request;
        if (promise.tryFail(deadline.failure(failures)) && sent != null) {
            cancel(sent);
        }
    }

    private static void cancel(HttpClientRequest sent) {
        sent.reset().onFailure(alreadyOver -> {});
    }

    private void fail(Throwable cause) {
        promise.tryFail(failures.of(cause));
    }
}
