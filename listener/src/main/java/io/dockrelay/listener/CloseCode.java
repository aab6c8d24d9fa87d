package io.dockrelay.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.internal.http.WebSocketInternal;

/** The codes and reasons with which this side closes a WebSocket. Part of the documented protocol. */
public enum CloseCode {
    /** The server stops: reconnect later. */
    GOING_AWAY(1001, "the server is stopping"),
    /** Invalid frames: not masked, or of an unknown kind. */
    PROTOCOL_ERROR(1002, "the frames are not those of a WebSocket"),
    /** A binary frame: messages are JSON in text frames. */
    UNSUPPORTED(1003, "binary frames are not understood"),
    /** A text message that is not UTF-8. */
    NOT_UTF8(1007, "a text message is not UTF-8"),
    /** A message of more than 64 KiB, in one frame or several. */
    TOO_BIG(1009, "a message is larger than 64 KiB"),
    /** The settings allow no further connection, of this client address or in all: reconnect later. */
    TOO_MANY_CONNECTIONS(1013, "too many connections are open"),
    /** The settings allow no further followed log on this connection. */
    TOO_MANY_SUBSCRIPTIONS(4001, "too many subscriptions on this connection"),
    /** The client reads too slowly. */
    TOO_SLOW(4002, "the client reads too slowly"),
    /** The client sends more frames per second than the settings allow. */
    TOO_MANY_MESSAGES(4006, "too many messages per second"),
    /** Two consecutive pings were not answered. */
    NO_PONG(4003, "pings were not answered"),
    /** The client's permission has ended. */
    NOT_ALLOWED(4004, "not allowed"),
    /** The session or the token with which the socket was opened has ended: sign in, then connect again. */
    SIGNED_OUT(4005, "signed out");

    /** Longer than a peer that reads takes to answer a close frame. */
    static final Duration CUT_AFTER = Duration.ofSeconds(5);

    /** For a peer that may read again: what it has not read is before the close frame, and at most a socket's capacity. */
    static final Duration CUT_SLOW_AFTER = Duration.ofSeconds(30);

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /**
     * Closes the socket with this code; does nothing when it is already closed. Call it once per socket. A peer that does
     * not read up to the close frame in time is cut.
     */
    public Future<Void> close(WebSocketBase socket) {
        if (socket.isClosed()) {
            return Future.succeededFuture();
        }
        ChannelHandlerContext channel = ((WebSocketInternal) socket).channelHandlerContext();
        var cut = channel.executor().schedule(() -> cut(channel), patience().toMillis(), TimeUnit.MILLISECONDS);
        return socket.close((short) code, reason).onComplete(closed -> cut.cancel(false));
    }

    private Duration patience() {
        return this == TOO_SLOW ? CUT_SLOW_AFTER : CUT_AFTER;
    }

    /** Closes the channel below Vert.x, which would wait until its close frame is written. */
    private static void cut(ChannelHandlerContext channel) {
        // The socket's close handler is called as for any other end.
        var unused = channel.pipeline().firstContext().close();
    }
}
