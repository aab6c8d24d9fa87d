package io.dockrelay.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetSocket;
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

    private static final int OK = 200;

    /** Of an engine's reason for a refusal. */
    private static final int LONGEST_REASON = 64 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final EngineErrors failures;
    private final StreamRequest wanted;
    private final Promise<BodyStream> promise = Promise.promise();
    private final ResponseHead.Reader reader = new ResponseHead.Reader();

    private NetSocket socket;
    /** Null until it is known how the bytes are to be read: with the head, or when silence is over. */
    private BodyStream stream;

    StreamOpening(Vertx vertx, Context context, EngineErrors failures, StreamRequest wanted) {
        this.vertx = vertx;
        this.context = context;
        this.failures = failures;
        this.wanted = wanted;
    }

    /**
     * On the context.
     *
     * @param host what the request calls the engine
     */
    Future<BodyStream> open(Future<NetSocket> connecting, String host, Duration deadline) {
        connecting.onSuccess(connected -> send(connected, host)).onFailure(this::fail);
        // A timer of Vert.x's would end with the verticle that asked, and leave the connection to nobody.
        promise.future()
                .timeout(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        context.runOnContext(late -> expire(deadline));
                    }
                });
        return promise.future();
    }

    private void send(NetSocket connected, String host) {
        socket = connected;
        if (promise.future().isComplete()) {
            abandon();
            return;
        }
        socket.handler(piece -> head(piece.getBytes()));
        socket.exceptionHandler(this::fail);
        socket.endHandler(closed -> fail(VertxException.noStackTrace("Connection was closed")));
        socket.write("GET " + wanted.uri() + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n")
                .onFailure(this::fail);
        if (wanted.endless()) {
            long timer = vertx.setTimer(SILENCE.toMillis(), silent -> handOver());
            promise.future().onComplete(done -> vertx.cancelTimer(timer));
        }
    }

    private void head(byte[] piece) {
        try {
            ResponseHead head = reader.feed(piece);
            if (head != null) {
                arrived(head);
            }
        } catch (DockerEngineException unreadable) {
            fail(unreadable);
        }
    }

    private void arrived(ResponseHead head) {
        if (head.status() != OK) {
            var reason = new ByteArrayOutputStream();
            socket.handler(piece -> reason(head, reason, piece.getBytes()));
            socket.endHandler(closed -> refuse(head, reason));
            reason(head, reason, reader.rest());
            return;
        }
        if (stream == null) {
            stream = new BodyStream(context, socket, failures, wanted.multiplexed(head.contentType()));
        }
        stream.attach(head.body(), reader.rest());
        promise.tryComplete(stream);
    }

    private void reason(ResponseHead head, ByteArrayOutputStream reason, byte[] piece) {
        int more = head.body().unwrap(piece);
        reason.write(piece, 0, Math.min(more, LONGEST_REASON - reason.size()));
        if (head.body().ended() || reason.size() >= LONGEST_REASON) {
            refuse(head, reason);
        }
    }

    private void refuse(ResponseHead head, ByteArrayOutputStream reason) {
        fail(failures.refused(head.status(), reason.toString(StandardCharsets.UTF_8)));
    }

    /** Nothing has come, not even a refusal: the stream goes out as it is, and the answer joins it later. */
    private void handOver() {
        if (stream == null && !promise.future().isComplete()) {
            stream = new BodyStream(context, socket, failures, wanted.multiplexed(null));
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
        if (promise.tryFail(failure)) {
            abandon();
        } else if (stream != null) {
            stream.fail(failure);
        }
    }

    private void abandon() {
        if (socket != null) {
            socket.close().onFailure(alreadyOver -> LOG.debug("Already closed: {}", alreadyOver.toString()));
        }
    }
}
