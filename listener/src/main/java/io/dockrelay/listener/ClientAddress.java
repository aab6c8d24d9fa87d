package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import io.dockrelay.settings.AccessSettings;

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
     * The last address of {@code X-Forwarded-For} that is no trusted proxy, if a trusted proxy sent the request; otherwise the
     * peer's.
     */
    public String of(HttpServerRequest request) {
        String address = ofPeer(request);
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && proxies.contains(address); i--) {
            address = hops.get(i);
        }
        return address;
    }

    /** Whether the browser's address begins with https, as far as this is known: its Origin says it too. */
    public boolean isSecure(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        Forwarding forwarding = Forwarding.of(request);
        return request.isSSL()
                || (proxies.contains(forwarding.peer()) && "https".equalsIgnoreCase(forwarding.scheme()))
                || (origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://"));
    }

    static String ofPeer(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
    }

    private static List<String> hops(HttpServerRequest request) {
        return request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .map(hop -> NetUtil.createInetAddressFromIpAddressString(hop) == null ? UNKNOWN : hop)
                .toList();
    }
}
