package io.dockrelay.relay.signin;

import java.util.Optional;

import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;

/**
 * The cookie of a session: not readable for scripts, and not sent with requests from other sites. With TLS the browser accepts
 * it from this host only. Pure.
 */
final class SessionCookie {

    private static final String TLS_ONLY = "__Host-";

    private final String plainName;
    private final SameSite sameSite;

    /** @param id distinguishes the relays of one host, because browsers ignore the port */
    SessionCookie(String id) {
        this(id, SameSite.Strict);
    }

    /** @param sameSite {@code Lax} for a cookie that comes back with a browser that another site sends here */
    SessionCookie(String id, SameSite sameSite) {
        this.plainName = "dockrelay-" + id;
        this.sameSite = sameSite;
    }

    /**
     * The cookie as a browser sent it.
     *
     * @param secure whether it is the one for TLS
     */
    record Received(String value, boolean secure) {}

    /**
     * The cookie in a Cookie header.
     *
     * @param header null when it is missing
     * @param secure whether the browser uses TLS for certain: then the cookie that plain HTTP could have set does not count
     */
    Optional<Received> in(String header, boolean secure) {
        if (header == null) {
            return Optional.empty();
        }
        Optional<Received> ofTls = value(header, true);
        return ofTls.isPresent() || secure ? ofTls : value(header, false);
    }

    /** A Set-Cookie header; the browser keeps it until the session's end at the latest. */
    String set(String value, boolean secure, long maxAgeSeconds) {
        return name(secure) + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=" + sameSite
                + (secure ? "; Secure" : "");
    }

    /** A Set-Cookie header that removes it. */
    String clear(boolean secure) {
        return set("", secure, 0);
    }

    private String name(boolean secure) {
        return secure ? TLS_ONLY + plainName : plainName;
    }

    private Optional<Received> value(String header, boolean secure) {
        return ServerCookieDecoder.LAX.decodeAll(header).stream()
                .filter(cookie -> cookie.name().equals(name(secure)))
                .map(cookie -> new Received(cookie.value(), secure))
                .findFirst();
    }
}
