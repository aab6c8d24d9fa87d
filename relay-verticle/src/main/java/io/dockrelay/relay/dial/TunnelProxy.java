package io.dockrelay.relay.dial;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.uplink.UplinkProxy;
import io.dockrelay.settings.Secret;

/**
 * The port on loopback at which the uplinks of this relay reach the controllers that dial in: a SOCKS 5 proxy with a password
 * that only this process has. Vert.x's WebSocket client cannot connect to a UNIX domain socket, and every user of the machine
 * can connect to a port. Owned by {@link DialledHosts}, on its context, from the first {@link #open} to {@link #close}.
 */
final class TunnelProxy {

    /** Connections without a password yet; further ones are closed. */
    private static final int MOST_STRANGERS = 64;

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TunnelProxy.class);

    private final Vertx vertx;
    private final Function<String, DialledHost> hosts;
    private final Secret password = Secret.of(TokenSecret.random().reveal());
    private final Set<NetSocket> strangers = new HashSet<>();

    /** Null until it is open. */
    private NetServer server;

    /** @param hosts the host that has this name in an uplink's request; null for none */
    TunnelProxy(Vertx vertx, Function<String, DialledHost> hosts) {
        this.vertx = vertx;
        this.hosts = hosts;
    }

    /** Opens the port, if it is not open. Not called again before the last call has completed. */
    Future<UplinkProxy> open() {
        if (server != null) {
            return Future.succeededFuture(proxy());
        }
        return vertx.createNetServer()
                .connectHandler(this::accepted)
                .listen(0, UplinkProxy.HOST)
                .map(opened -> {
                    server = opened;
                    return proxy();
                });
    }

    Future<Void> close() {
        List.copyOf(strangers).forEach(TunnelProxy::drop);
        return server == null ? Future.succeededFuture() : server.close();
    }

    private UplinkProxy proxy() {
        return new UplinkProxy(server.actualPort(), password);
    }

    private void accepted(NetSocket socket) {
        socket.exceptionHandler(broken -> log.debug("[dial] {}", broken.getMessage()));
        if (strangers.size() >= MOST_STRANGERS) {
            drop(socket);
            return;
        }
        strangers.add(socket);
        var handshake = new SocksHandshake(password);
        var timeout = new Timeout(vertx);
        timeout.start(KNOWN_WITHIN, () -> drop(socket));
        socket.closeHandler(gone -> {
            timeout.cancel();
            strangers.remove(socket);
        });
        socket.handler(bytes -> {
            switch (handshake.take(bytes)) {
                case SocksHandshake.Step.More more -> log.trace("[dial] a handshake continues");
                case SocksHandshake.Step.Answer answer -> write(socket, answer.bytes());
                case SocksHandshake.Step.Refusal refusal -> refuse(socket, refusal.bytes());
                case SocksHandshake.Step.Connect connect -> {
                    timeout.cancel();
                    strangers.remove(socket);
                    connect(socket, connect);
                }
            }
        });
    }

    private void connect(NetSocket socket, SocksHandshake.Step.Connect request) {
        DialledHost host = hosts.apply(request.host());
        if (host == null) {
            drop(socket);
            return;
        }
        write(socket, request.bytes());
        host.accept(
                socket, request.user().equals(UplinkProxy.WS) ? DialMessage.Interface.WS : DialMessage.Interface.API);
    }

    private static void refuse(NetSocket socket, Buffer bytes) {
        log.warn("[dial] a program of this machine that is not this relay has connected to the port of its tunnels");
        socket.handler(more -> {});
        socket.end(bytes).onFailure(gone -> log.trace("[dial] the client has gone"));
    }

    private static void write(NetSocket socket, Buffer bytes) {
        socket.write(bytes).onFailure(gone -> log.trace("[dial] the client has gone"));
    }

    private static void drop(NetSocket socket) {
        socket.close().onFailure(gone -> log.trace("[dial] closed already"));
    }
}
