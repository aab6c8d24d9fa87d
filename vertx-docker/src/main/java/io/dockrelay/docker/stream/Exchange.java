package io.dockrelay.docker.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response on a connection of their own. The response may arrive while the body of the request is
 * still being written, and after status 101 the connection carries bytes in both directions. Unlike {@link
 * StreamOpening} it returns the response whatever its status is, and waits for its head without a limit. Callbacks run
 * on the context; methods may be called from any thread unless they say otherwise. Ends with the body, or with {@link
 * #close}.
 */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Context context;
    private final NetSocket socket;
    private final StreamErrors errors;
    private final Promise<ReceivedResponse> response = Promise.promise();
    private final ResponseHead.Reader reader = new ResponseHead.Reader();

    /** True if the response to this request has no body, whatever its head says. On the context. */
    private boolean headOnly;

    /** @param socket connected, without handlers; owned by the exchange from now on */
    public Exchange(Context context, NetSocket socket, StreamErrors errors) {
        this.context = context;
        this.socket = socket;
        this.errors = errors;
    }

    /** Sends the head of the request. Once, on the context, in the callback that got the socket. */
    public Future<Void> send(RequestHead head) {
        headOnly = head.method().equals("HEAD");
        socket.handler(piece -> received(piece.getBytes()));
        socket.exceptionHandler(this::fail);
        socket.endHandler(closed -> fail(new HttpClosedException("Connection was closed")));
        return socket.write(head.text());
    }

    /** Sends bytes as they are: the caller does the framing of the request's body. Completes when they are sent. */
    public Future<Void> write(Buffer bytes) {
        return socket.write(bytes);
    }

    /**
     * Ends the output after what has been written, and leaves the input open. Asynchronous; a connection that is already
     * closed stays so.
     */
    public void endOutput() {
        Channel channel = pipeline().channel();
        channel.eventLoop().execute(() -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            var ending = tls == null ? ((DuplexChannel) channel).shutdownOutput() : tls.closeOutbound();
            var unused = ending.addListener(ended -> LOG.debug("End of the output: {}", ended));
        });
    }

    /** Completes with the head of the response; fails with what {@link StreamErrors} makes of the failure. */
    public Future<ReceivedResponse> response() {
        return response.future();
    }

    /** Closes the connection. Without a response yet, its future fails. Idempotent. */
    public void close() {
        // Not by the NetSocket, which would write first: the output may have ended, and nothing is worth sending now.
        var closing = pipeline().close();
        var unused = closing.addListener(closed -> LOG.debug("Closed: {}", closed));
    }

    /** At the place of Vert.x's own handler: what is sent from here passes it by. */
    private ChannelHandlerContext pipeline() {
        return ((NetSocketInternal) socket).channelHandlerContext();
    }

    private void received(byte[] piece) {
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
        BodyStream body = new BodyStream(context, socket, errors, head.contentType());
        body.attach(headOnly ? BodyFraming.length(0) : head.body(), reader.rest());
        response.tryComplete(new ReceivedResponse(head.status(), head.headers(), body));
    }

    private void fail(Throwable cause) {
        response.tryFail(errors.of(cause));
        close();
    }
}
