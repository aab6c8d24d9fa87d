package io.dockrelay.listener;

import java.util.Locale;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Decides whether a request is a WebSocket handshake, and whether a proxy has left it whole. Pure. */
final class Handshake {

    static final String STRIPPED = "The WebSocket handshake arrived without its Upgrade. A proxy must pass it on"
            + " (nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
            + " proxy_set_header Connection \"upgrade\").";

    private Handshake() {}

    static boolean isWhole(HttpServerRequest request) {
        String connection = request.getHeader("Connection");
        return request.method().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    /**
     * Whether a proxy has removed the headers that concern one connection only. It passes the key on, as it does with every
     * header that it does not know.
     */
    static boolean isStripped(HttpServerRequest request) {
        return request.headers().contains("Sec-WebSocket-Key") && !isWhole(request);
    }

    /** Version 13 is RFC 6455; Netty would also accept the earlier drafts. */
    static boolean isOfKnownVersion(HttpServerRequest request) {
        return "13".equals(request.getHeader("Sec-WebSocket-Version"));
    }
}
