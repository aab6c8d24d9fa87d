package io.dockrelay.controller.dial;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.server.TunnelSockets;
import io.dockrelay.listener.tunnel.Splice;
import io.dockrelay.protocol.dial.DialMessage;

/**
 * The tunnelled connections of a controller, one for each that its relay has asked for. Owned by {@link RelayDial}, on its
 * context; ends with {@link #close}.
 */
final class TunnelStreams {

    /** A relay asks for fewer. */
    private static final int MOST = 200;

    private static final Logger log = LoggerFactory.getLogger(TunnelStreams.class);

    private final Vertx vertx;
    private final RelayClient relay;
    private final TunnelSockets sockets;
    private final NetClient local;
    private final Set<Splice> open = new HashSet<>();

    /** Those that are being opened. */
    private int opening;

    TunnelStreams(Vertx vertx, RelayClient relay, TunnelSockets sockets) {
        this.vertx = vertx;
        this.relay = relay;
        this.sockets = sockets;
        this.local = vertx.createNetClient();
    }

    /** Connects the relay to this interface. What fails is given up: the relay asks again. */
    void open(DialMessage.Open asked, String key) {
        if (open.size() + opening >= MOST) {
            log.warn("[dial] the relay asks for more than {} connections at once: one is not opened", MOST);
            return;
        }
        opening++;
        String path = (asked.to() == DialMessage.Interface.WS ? sockets.ws() : sockets.api()).toString();
        local.connect(SocketAddress.domainSocketAddress(path))
                .onSuccess(NetSocket::pause)
                .compose(socket -> relay.stream(key, asked.stream())
                        .onSuccess(framed -> join(socket, framed))
                        .onFailure(failed -> drop(socket)))
                .onFailure(failed -> log.info("[dial] a connection failed: {}", DialFailures.why(failed)))
                .onComplete(either -> opening--);
    }

    Future<Void> close() {
        List.copyOf(open).forEach(Splice::close);
        return local.close();
    }

    private void join(NetSocket socket, WebSocket framed) {
        var splice = new Splice[1];
        splice[0] = Splice.join(vertx, socket, framed, () -> open.remove(splice[0]));
        open.add(splice[0]);
    }

    private static void drop(NetSocket socket) {
        socket.close().onFailure(gone -> log.trace("[dial] closed already"));
    }
}
