package io.dockrelay.relay.dial;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.tunnel.PeerPings;
import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The control connection of one controller. It only asks; a controller that sends a message there breaks the protocol. Owned by
 * its {@link DialledHost}, on its context; ends with the socket.
 */
final class ControlConnection {

    private static final short GOING_AWAY = 1001;
    private static final short PROTOCOL_ERROR = 1002;
    private static final Logger log = LoggerFactory.getLogger(ControlConnection.class);

    private final ServerWebSocket socket;
    private final String instance;
    private final PeerPings pings;

    /**
     * @param instance the run of the controller
     * @param onEnd called once, when the socket has closed
     */
    ControlConnection(Vertx vertx, ServerWebSocket socket, String instance, Runnable onEnd) {
        this.socket = socket;
        this.instance = instance;
        pings = new PeerPings(vertx, socket, () -> close(GOING_AWAY, "pings were not answered"));
        socket.exceptionHandler(broken -> log.debug("[dial] {}", broken.getMessage()));
        socket.frameHandler(this::received);
        socket.closeHandler(closed -> {
            pings.stop();
            onEnd.run();
        });
    }

    String instance() {
        return instance;
    }

    /** Whether the controller is still there. */
    Future<Boolean> answers() {
        return pings.ask();
    }

    void send(DialMessage message) {
        // A failed write means that the socket is closing; its close handler reports it.
        socket.writeTextMessage(WireJson.text(message)).onFailure(gone -> log.debug("[dial] not sent"));
    }

    /** Pings are answered by Vert.x. */
    private void received(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
            close(PROTOCOL_ERROR, "this connection takes no messages");
        }
    }

    void close(short code, String reason) {
        socket.close(code, reason).onFailure(gone -> log.debug("[dial] closed already"));
    }
}
