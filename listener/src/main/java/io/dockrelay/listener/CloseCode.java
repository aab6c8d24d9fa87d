package io.dockrelay.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.internal.http.WebSocketInternal;

/** Every code that we close a WebSocket with, and the reason that goes with it; part of the documented protocol. */
public enum CloseCode {
    /** The server stops: try again. */
    GOING_AWAY(1001, "the server is stopping"),
    /** Frames that no WebSocket client sends: not masked, of an unknown kind. */
    PROTOCOL_ERROR(1002, "the frames are not those of a WebSocket"),
    /** A binary frame: messages are JSON in text frames. */
    UNSUPPORTED(1003, "binary frames are not understood"),
    /** A text message that is not UTF-8. */
    NOT_UTF8(1007, "a text message is not UTF-8"),
    /** A message of more than 64 KiB, in one frame or several. */
    TOO_BIG(1009, "a message is larger than 64 KiB"),
    /** As many connections are open as the settings allow: try again later. */
    TOO_MANY_CONNECTIONS(1013, "too many connections are open"),
    /** More logs followed on this connection than the settings allow. */
    TOO_MANY_SUBSCRIPTIONS(4001, "too many subscriptions on this connection"),
    /** The client does not read what it is sent. */
    TOO_SLOW(4002, "the client reads too slowly"),
    /** Two pings in a row were not answered. */
    NO_PONG(4003, "pings were not answered"),
    /** For signing in: the client is no longer welcome. */
    NOT_ALLOWED(4004, "not allowed");

    /** Longer than a peer that reads takes to answer our close frame. */
    static final Duration CUT_AFTER = Duration.ofSeconds(5);

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
     * Closes the socket with this code; nothing happens when it is closed already. A peer that reads nothing never gets
     * as far as our close frame: its connection is cut after {@link #CUT_AFTER}.
     */
    public Future<Void> close(WebSocketBase socket) {
        if (socket.isClosed()) {
            return Future.succeededFuture();
        }
        ChannelHandlerContext channel = ((WebSocketInternal) socket).channelHandlerContext();
        var cut = channel.executor().schedule(() -> cut(channel), CUT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        return socket.close((short) code, reason).onComplete(closed -> cut.cancel(false));
    }

    /** From below Vert.x, which would wait for its close frame to be written. */
    private static void cut(ChannelHandlerContext channel) {
        // Whoever waits for the socket's end hears of it as of any other.
        var unused = channel.pipeline().firstContext().close();
    }
}
