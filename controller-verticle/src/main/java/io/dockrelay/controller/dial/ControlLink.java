package io.dockrelay.controller.dial;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.tunnel.PeerPings;
import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * An open control connection, on which the relay asks for others. Owned by {@link RelayDial}, on its context; ends with the
 * socket.
 */
final class ControlLink {

    /** The owner's side. */
    interface Events {

        void asked(DialMessage message);

        /**
         * Called once.
         *
         * @param code of the close frame; null if there was none
         */
        void ended(ControlLink link, Short code, String reason);
    }

    private static final short GOING_AWAY = 1001;
    private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

    private final WebSocket socket;
    private final PeerPings pings;
    private final long openedAt = System.nanoTime();

    ControlLink(Vertx vertx, WebSocket socket, Events events) {
        this.socket = socket;
        pings = new PeerPings(vertx, socket, this::close);
        socket.exceptionHandler(broken -> log.debug("[dial] {}", broken.getMessage()));
        socket.frameHandler(frame -> received(frame, events::asked));
        socket.closeHandler(closed -> {
            pings.stop();
            events.ended(this, socket.closeStatusCode(), socket.closeReason());
        });
    }

    Duration up() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    void close() {
        socket.close(GOING_AWAY).onFailure(gone -> log.debug("[dial] closed already"));
    }

    private void received(WebSocketFrame frame, Consumer<DialMessage> asked) {
        pings.heard();
        if (!frame.isText()) {
            return;
        }
        try {
            asked.accept(WireJson.read(frame.textData().getBytes(StandardCharsets.UTF_8), DialMessage.class));
        } catch (UncheckedIOException newer) {
            log.debug("[dial] a message of the relay is not understood");
        }
    }
}
