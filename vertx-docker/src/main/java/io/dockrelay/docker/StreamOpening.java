package io.dockrelay.docker;

import java.time.Duration;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one {@link BodyStream} about: sends the request, waits for the head of the answer, and hands the stream over
 * paused. A follower whose engine says nothing at all gets it after a moment nevertheless. Everything here happens on
 * the context of the caller.
 */
final class StreamOpening {

    private static final Logger LOG = LoggerFactory.getLogger(StreamOpening.class);

    /** How long an engine that has nothing to say yet may keep its follower waiting. Real ones answer in 2 ms. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final Failures failures;
    private final StreamRequest wanted;
    private final Promise<BodyStream> promise = Promise.promise();

    private HttpClientRequest request;
    /** Null until it is known how the bytes are to be read: with the head, or when silence is over. */
    private BodyStream stream;

    StreamOpening(Vertx vertx, Context context, Failures failures, StreamRequest wanted) {
        this.vertx = vertx;
        this.context = context;
        this.failures = failures;
        this.wanted = wanted;
    }

    /** On the context. The request may only be made by {@code connecting}'s client. */
    Future<BodyStream> open(Future<HttpClientRequest> connecting, Duration deadline) {
        connecting.onSuccess(this::send).onFailure(this::fail);
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), late -> expire(deadline));
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (promise.future().isComplete()) {
            abandon();
            return;
        }
        request.exceptionHandler(this::fail);
        request.response().onSuccess(this::arrived).onFailure(this::fail);
        request.end().onFailure(this::fail);
        if (wanted.endless()) {
            long timer = vertx.setTimer(SILENCE.toMillis(), silent -> handOver());
            promise.future().onComplete(done -> vertx.cancelTimer(timer));
        }
    }

    private void arrived(HttpClientResponse response) {
        response.pause();
        if (response.statusCode() != 200) {
            response.body().onSuccess(body -> refuse(response, body)).onFailure(this::fail);
            response.resume();
            return;
        }
        if (stream == null) {
            stream = new BodyStream(context, request, failures, wanted.multiplexed(response.getHeader("content-type")));
        }
        stream.attach(response);
        promise.tryComplete(stream);
    }

    private void refuse(HttpClientResponse response, Buffer body) {
        fail(failures.refused(response.statusCode(), body.toString()));
    }

    /** Nothing has come, not even a refusal: the stream goes out as it is, and the answer joins it later. */
    private void handOver() {
        if (stream == null && !promise.future().isComplete()) {
            stream = new BodyStream(context, request, failures, wanted.multiplexed(null));
            promise.tryComplete(stream);
        }
    }

    private void expire(Duration deadline) {
        if (promise.tryFail(failures.timeout("No answer within " + deadline.toMillis() + " ms"))) {
            abandon();
        }
    }

    private void fail(Throwable cause) {
        DockerEngineException failure = failures.of(cause);
        if (!promise.tryFail(failure) && stream != null) {
            stream.fail(failure);
        }
    }

    private void abandon() {
        if (request != null) {
            request.reset().onFailure(alreadyOver -> LOG.debug("Already closed: {}", alreadyOver.toString()));
        }
    }
}
