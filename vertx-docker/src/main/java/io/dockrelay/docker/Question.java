package io.dockrelay.docker;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One GET whose answer is read whole, without a thread of its own. Any thread; used once. */
final class Question {

    private static final int OK = 200;

    private final Vertx vertx;
    private final Failures failures;
    private final Promise<Buffer> promise = Promise.promise();

    /** Null until there is a connection. */
    private volatile HttpClientRequest request;

    Question(Vertx vertx, Failures failures) {
        this.vertx = vertx;
        this.failures = failures;
    }

    /** The answer's body, or a {@link DockerEngineException}; what is late is broken off. */
    Future<Buffer> ask(Future<HttpClientRequest> connecting, Duration deadline) {
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), late -> expire(deadline));
        connecting.onSuccess(this::send).onFailure(this::fail);
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
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
            if (response.statusCode() != OK) {
                throw failures.refused(response.statusCode(), body.toString());
            }
            return body;
        });
    }

    private void expire(Duration deadline) {
        boolean late = promise.tryFail(failures.timeout("No answer within " + deadline.toMillis() + " ms"));
        HttpClientRequest sent = request;
        if (late && sent != null) {
            breakOff(sent);
        }
    }

    private static void breakOff(HttpClientRequest sent) {
        sent.reset().onFailure(alreadyOver -> {});
    }

    private void fail(Throwable cause) {
        promise.tryFail(failures.of(cause));
    }
}
