package io.dockrelay.listener.limits;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Cuts a connection whose request takes too long to arrive. An idle timeout cannot do that: a client that sends one byte at a
 * time is never idle. A new connection has to send the head of its first request in time; between two requests a connection
 * may be silent, until its idle timeout.
 *
 * <p>Two handlers in the connection's pipeline, before and after the HTTP decoder, on its event loop; only this file uses that
 * pipeline. Ends with the connection, or when it becomes a WebSocket.
 */
final class RequestDeadline {

    /** The times that a client has. */
    record Times(Duration head, Duration whole) {}

    private enum State {
        /** Nothing of the next request has arrived. */
        BETWEEN,
        /** The head of a request arrives. */
        HEAD,
        /** Its body arrives. */
        BODY
    }

    private static final String DECODER = "httpDecoder";
    private static final String CONNECTION = "handler";

    private final Times times;
    private final ChannelHandlerContext channel;

    /** Called when the client begins to wait, or has sent a part of a request. */
    private final Runnable acted;

    private final Bytes bytes = new Bytes();
    private final Parts parts = new Parts();
    private State state = State.HEAD;

    /** Requests whose answer has not been handed to the channel to its end; a client that does not read it has to act next. */
    private int unanswered;

    /** Null while no deadline runs. */
    private ScheduledFuture<?> deadline;

    private RequestDeadline(ChannelHandlerContext channel, Times times, Runnable acted) {
        this.channel = channel;
        this.times = times;
        this.acted = acted;
    }

    /**
     * Watches a connection that has just been opened.
     *
     * @param acted called when the first byte, the head or the whole of a request has arrived, and when an answer has ended
     */
    static RequestDeadline watch(HttpConnection connection, Times times, Runnable acted) {
        ChannelHandlerContext channel = ((HttpServerConnection) connection).channelHandlerContext();
        var watched = new RequestDeadline(channel, times, acted);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(DECODER, "request-bytes", watched.bytes);
        pipeline.addBefore(CONNECTION, "request-parts", watched.parts);
        watched.schedule(times.head());
        return watched;
    }

    /** Whether the client has to act next: nothing is being answered but the request that still arrives. */
    boolean isWaiting() {
        return unanswered <= (state == State.BODY ? 1 : 0);
    }

    /** The connection has ended, or is a WebSocket now. */
    void end() {
        cancel();
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.context(bytes) != null) {
            pipeline.remove(bytes);
            pipeline.remove(parts);
        }
    }

    /** Closes the channel below Vert.x, which would wait until an answer is sent. */
    void cut() {
        cancel();
        var unused = channel.channel().close();
    }

    private void enter(State next, Duration time) {
        state = next;
        cancel();
        if (time != null) {
            schedule(time);
        }
        acted.run();
    }

    private void schedule(Duration time) {
        deadline = channel.executor().schedule(this::cut, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Before the decoder: the first byte of a request. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (state == State.BETWEEN) {
                enter(State.HEAD, times.head());
            }
            context.fireChannelRead(message);
        }
    }

    /** After the decoder: the whole head, the end of the body, and the end of the answer. */
    private final class Parts extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                unanswered++;
                enter(State.BODY, times.whole());
            }
            if (message instanceof LastHttpContent) {
                enter(State.BETWEEN, null);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof LastHttpContent && !isContinue(message)) {
                unanswered--;
                acted.run();
            }
            var unused = context.write(message, promise);
        }

        /** It precedes the answer. */
        private static boolean isContinue(Object message) {
            return message instanceof HttpResponse head && head.status().equals(HttpResponseStatus.CONTINUE);
        }
    }
}
