package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.LoopbackHost;

/**
 * The address of a client, and whether its browser uses TLS: as trusted proxies report them, otherwise as the connection
 * shows them. Immutable; for any thread.
 */
public final class ClientAddress {

    private static final String UNKNOWN = "unknown";

    private final TrustedProxies proxies;

    public ClientAddress(AccessSettings access) {
        this.proxies = new TrustedProxies(access.proxies());
    }

    /**
     * The last address of {@code X-Forwarded-For}, or {@code Forwarded}, that is no trusted proxy, if a trusted proxy sent the
     * request; otherwise the peer's.
     */
    public String of(HttpServerRequest request) {
        return of(request.remoteAddress(), request.headers());
    }

    /** The same for a WebSocket, with the headers of its handshake. */
    String of(SocketAddress peer, MultiMap headers) {
        String address = ofPeer(peer);
        List<String> hops = Forwarding.addresses(headers);
        for (int i = hops.size() - 1; i >= 0 && proxies.contains(address); i--) {
            address = hops.get(i);
        }
        return address;
    }

    /** The address of a connection; empty for that of a trusted proxy, which has the requests of many clients. */
    Optional<String> ofConnection(SocketAddress peer) {
        return Optional.of(ofPeer(peer)).filter(address -> !proxies.contains(address));
    }

    /** Whether the browser's address begins with https, as far as this is known: its Origin says it too. */
    public boolean isSecure(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        Forwarding forwarding = Forwarding.of(request);
        return request.isSSL()
                || (proxies.contains(forwarding.peer()) && "https".equalsIgnoreCase(forwarding.scheme()))
                || (origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://"));
    }

    /**
     * Whether what the client sends is encrypted on its way, or never leaves this machine: TLS up to this program or to a trusted
     * proxy, or a client of this machine.
     */
    public boolean isUnreadableOnItsWay(HttpServerRequest request) {
        Forwarding forwarding = Forwarding.of(request);
        boolean local = forwarding.peer() != null && LoopbackHost.is(forwarding.peer());
        return request.isSSL()
                || (proxies.contains(forwarding.peer()) && "https".equalsIgnoreCase(forwarding.scheme()))
                || (local && LocalRequest.trace(request).isEmpty());
    }

    static String ofPeer(HttpServerRequest request) {
        return ofPeer(request.remoteAddress());
    }

    private static String ofPeer(SocketAddress peer) {
        return peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
    }
}
