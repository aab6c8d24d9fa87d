package io.dockrelay.listener;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;

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

    /** Closes the socket with this code; nothing happens when it is closed already. */
    public Future<Void> close(WebSocketBase socket) {
        return socket.isClosed() ? Future.succeededFuture() : socket.close((short) code, reason);
    }
}
