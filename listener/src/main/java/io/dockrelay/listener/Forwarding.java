package io.dockrelay.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * What a proxy reports of the browser's request. Any client can send the same headers, so it counts only from a {@linkplain
 * TrustedProxies trusted} peer. Of a header with several values the last counts: it is the trusted peer's own. A proxy that
 * passes on what the client has sent must overwrite these headers, because a page of a rebound DNS name can add them. The
 * standard header {@code Forwarded} counts only in a request without any {@code X-Forwarded} header: most proxies that set
 * those pass a client's {@code Forwarded} on.
 *
 * @param peer the IP address that sent the request; null when it has none
 * @param host {@code X-Forwarded-Host}, with or without a port; null when it is missing
 * @param port {@code X-Forwarded-Port}; null when it is missing
 * @param scheme {@code http} or {@code https}, from {@code X-Forwarded-Proto}; null when it is missing
 */
public record Forwarding(String peer, String host, String port, String scheme) {

    private static final String UNKNOWN = "unknown";

    /** A request without such headers, from an unknown peer. */
    public static final Forwarding NONE = new Forwarding(null, null, null, null);

    static Forwarding of(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        String address = peer == null ? null : peer.hostAddress();
        if (isStandard(request.headers())) {
            ForwardedHeader.Hop nearest =
                    ForwardedHeader.hops(request.headers()).getLast();
            return new Forwarding(address, nearest.host(), null, httpScheme(nearest.scheme()));
        }
        return new Forwarding(
                address,
                last(request.headers().getAll("X-Forwarded-Host")),
                last(request.headers().getAll("X-Forwarded-Port")),
                httpScheme(last(request.headers().getAll("X-Forwarded-Proto"))));
    }

    /** The addresses that proxies report, the client's own first; a text that is no IP address is {@code unknown}. */
    static List<String> addresses(MultiMap headers) {
        Stream<String> reported = isStandard(headers)
                ? ForwardedHeader.hops(headers).stream().map(ForwardedHeader.Hop::address)
                : headers.getAll("X-Forwarded-For").stream().flatMap(header -> Stream.of(header.split(",", -1)));
        return reported.map(Forwarding::bare).toList();
    }

    private static boolean isStandard(MultiMap headers) {
        return headers.contains("Forwarded")
                && headers.names().stream()
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-"));
    }

    /** Some proxies add the port, and brackets around IPv6. */
    private static String bare(String reported) {
        String text = reported == null ? "" : reported.strip();
        String host = text.matches("\\[.*](:\\d+)?|[0-9.]+:\\d+") ? text.replaceFirst("]?(:\\d+)?$", "") : text;
        String address = host.startsWith("[") ? host.substring(1) : host;
        return NetUtil.createInetAddressFromIpAddressString(address) == null ? UNKNOWN : address;
    }

    boolean isEmpty() {
        return host == null && port == null && scheme == null;
    }

    /**
     * The host and port in the browser's address bar, as far as they are reported. A port that the host has counts more than
     * {@code X-Forwarded-Port}, which may be the proxy's own inside a container.
     *
     * @param hostHeader the request's own Host
     */
    String authority(String hostHeader) {
        String name = host == null ? hostHeader : host;
        boolean hasPort = Authority.of(name)
                .filter(authority -> authority.port().isPresent())
                .isPresent();
        String known = Optional.ofNullable(port).orElseGet(this::defaultPort);
        return hasPort || known == null ? name : name.replaceFirst(":$", "") + ":" + known;
    }

    private String defaultPort() {
        if (scheme == null) {
            return null;
        }
        return scheme.equalsIgnoreCase("https") ? "443" : "80";
    }

    /** Traefik names the scheme of a WebSocket handshake. */
    private static String httpScheme(String scheme) {
        if (scheme == null) {
            return null;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "wss" -> "https";
            case "ws" -> "http";
            default -> scheme;
        };
    }

    private static String last(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        String values = headers.getLast();
        return values.substring(values.lastIndexOf(',') + 1).strip();
    }
}
