package io.dockrelay.docker.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one {@link BodyStream}: sends the request, waits for the head of the response, and hands over the stream,
 * paused. An endless response without a head is handed over after a second nevertheless. Everything runs on the
 * caller's context. Used once; ends when the stream is there or the opening has failed.
 */
public final class StreamOpening {

    private static final Logger LOG = LoggerFactory.getLogger(StreamOpening.class);

    /** How long the caller waits for the head of an endless response. Docker sends it within 2 ms. */
    private static final long SILENCE_SECONDS = 1;

    private static final int OK = 200;

    /** Longest body of a refusal that is read. */
    private static final int LONGEST_REASON = 64 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final StreamErrors errors;
    private final GetRequest request;
    private final Promise<BodyStream> promise = Promise.promise();
    private final ResponseHead.Reader reader = new ResponseHead.Reader();

    /** Null until the connection is made. */
    private NetSocket socket;

    /** Null until the head has arrived or the silence has lasted too long. */
    private BodyStream stream;

    /** @param context the caller's; all methods are called on it */
    public StreamOpening(Vertx vertx, Context context, StreamErrors errors, GetRequest request) {
        this.vertx = vertx;
        this.context = context;
        this.errors = errors;
        this.request = request;
    }

    /**
     * Sends the request once there is a connection. The future fails with what {@link StreamErrors} makes of the
     * failure; it has no deadline of its own ({@link #expire}).
     */
    public Future<BodyStream> open(Future<NetSocket> connecting) {
        connecting.onSuccess(this::send).onFailure(this::fail);
        return promise.future();
    }

    /** Fails the opening and closes the connection, unless the stream has been handed over. */
    public void expire(RuntimeException late) {
        if (promise.tryFail(late)) {
            abandon();
        }
    }

    private void send(NetSocket connected) {
        socket = connected;
        if (promise.future().isComplete()) {
            abandon();
            return;
        }
        socket.handler(piece -> head(piece.getBytes()));
        socket.exceptionHandler(this::fail);
        socket.endHandler(closed -> fail(new HttpClosedException("Connection was closed")));
        socket.write(request.text()).onFailure(this::fail);
        if (request.endless()) {
            Timer silence = vertx.timer(SILENCE_SECONDS, TimeUnit.SECONDS);
            silence.onSuccess(silent -> handOver());
            promise.future().onComplete(done -> silence.cancel());
        }
    }

    private void head(byte[] piece) {
        try {
            ResponseHead head = reader.feed(piece);
            if (head != null) {
                arrived(head);
            }
        } catch (MalformedResponseException malformed) {
            fail(malformed);
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
            stream = new BodyStream(context, socket, errors, head.contentType());
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
        fail(errors.refused(head.status(), reason.toString(StandardCharsets.UTF_8)));
    }

    /** Nothing has arrived, not even a refusal: hands over the stream without a head; the head follows later. */
    private void handOver() {
        if (stream == null && !promise.future().isComplete()) {
            stream = new BodyStream(context, socket, errors, null);
            promise.tryComplete(stream);
        }
    }

    private void fail(Throwable cause) {
        RuntimeException failure = errors.of(cause);
        if (promise.tryFail(failure)) {
            abandon();
        } else if (stream != null) {
            stream.fail(failure);
        }
    }

    private void abandon() {
        if (socket != null) {
            socket.close().onFailure(alreadyClosed -> LOG.debug("Already closed: {}", alreadyClosed.toString()));
        }
    }
}
