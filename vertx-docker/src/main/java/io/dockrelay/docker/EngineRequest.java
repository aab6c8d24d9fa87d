package io.dockrelay.docker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One request without a body whose answer is read whole, without a thread of its own. Any thread; used once. */
final class EngineRequest {

    /** What succeeds: a read, an order that was obeyed, and an order for what is so already. */
    private static final Set<Integer> SUCCESS = Set.of(200, 204, 304);

    private final EngineErrors failures;
    private final Promise<Buffer> promise = Promise.promise();

    /** Null until there is a connection. */
    private volatile HttpClientRequest request;

    EngineRequest(EngineErrors failures) {
        this.failures = failures;
    }

    /** The answer's body, or a {@link DockerEngineException}; what is late is broken off. */
    Future<Buffer> ask(Future<HttpClientRequest> connecting, Duration deadline) {
        connecting.onSuccess(this::send).onFailure(this::fail);
        // A timer of Vert.x's would end with the verticle that asked; others may wait for the answer too.
        return promise.future()
                .timeout(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
                .recover(
                        failure -> Future.failedFuture(failure instanceof TimeoutException ? late(deadline) : failure));
    }

    private void send(HttpClientRequest connected) {
        // Without one Vert.x logs what the failed response says anyway.
        connected.exceptionHandler(this::fail);
        request = connected;
        if (promise.future().isComplete()) {
            breakOff(connected);
        } else {
            // Who comes behind the answer finds it gone: the body is asked for before the question goes out.
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

    private DockerEngineException late(Duration deadline) {
        DockerEngineException late = failures.timeout("No answer within " + deadline.toMillis() + " ms");
        promise.tryFail(late);
        HttpClientRequest sent = request;
        if (sent != null) {
            breakOff(sent);
        }
        return late;
    }

    private static void breakOff(HttpClientRequest sent) {
        sent.reset().onFailure(alreadyOver -> {});
    }

    private void fail(Throwable cause) {
        promise.tryFail(failures.of(cause));
    }
}
