package io.dockrelay.e2e;

import java.util.List;

import io.dockrelay.e2e.harness.Checkout;

/**
 * A proxy's configuration, and what the doctor has to find. {@code TO} stands for a relay's address, {@code PREFIXED} for that of
 * one with a path prefix, {@code SIGNED} for that of one with a sign-in that trusts the proxy, {@code NOTHING} for a port without
 * a listener.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of
enum ProxyCase {
    NGINX_GOOD(Proxy.NGINX, "location / { proxy_pass http://TO; " + Nginx.GOOD + " }", "/", ""),
    NGINX_AS_IT_COMES(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; }",
            "/",
            "does not pass the Host",
            "removes the Upgrade header",
            "proxy_set_header Host $http_host;",
            "proxy_set_header Upgrade $http_upgrade;",
            "passHostHeader: true"),
    NGINX_WITHOUT_UPGRADE(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; " + Nginx.HOST + Nginx.UNBUFFERED + " }",
            "/",
            "removes the Upgrade header",
            "arrived without its Upgrade"),
    NGINX_WITH_HTTP_1_0(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; " + Nginx.HTTP_1_0 + Nginx.HOST + Nginx.UNBUFFERED + " }",
            "/",
            ""),
    NGINX_HOST_WITHOUT_PORT(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; " + Nginx.GOOD.replace("$http_host", "$host") + " }",
            "/",
            "does not pass the Host",
            "is not of host 127.0.0.1."),
    NGINX_OWN_NAME(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; " + Nginx.GOOD.replace("$http_host", "dash.example.org") + " }",
            "/",
            "does not know this host name",
            "RELAY_ALLOWED_HOSTS"),
    NGINX_BUFFERING(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; " + Nginx.HTTP_1_0 + Nginx.HOST + " }",
            "/",
            "collects an answer",
            "proxy_buffering off;",
            "flush_interval -1"),
    NGINX_SHORT_TIMEOUT(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; proxy_read_timeout 3s; " + Nginx.GOOD + " }",
            "/",
            "An idle WebSocket is cut after",
            "proxy_read_timeout 1h;",
            "timeout tunnel 1h"),
    NGINX_UNKNOWN_PREFIX_REMOVED(
            Proxy.NGINX,
            "location /dock/ { proxy_pass http://TO/; " + Nginx.GOOD + " }",
            "/dock/",
            "does not know the prefix"),
    NGINX_PREFIX_REMOVED(
            Proxy.NGINX, "location /dock/ { proxy_pass http://PREFIXED/; " + Nginx.GOOD + " }", "/dock/", ""),
    NGINX_PREFIX_KEPT(
            Proxy.NGINX, "location /dock { proxy_pass http://PREFIXED; " + Nginx.GOOD + " }", "/dock", "sent to"),
    NGINX_UNKNOWN_PREFIX_KEPT(
            Proxy.NGINX,
            "location /dock/ { proxy_pass http://TO; " + Nginx.GOOD + " }",
            "/dock/",
            "does not know the prefix",
            "RELAY_PATH_PREFIX=/PREFIX",
            "reverse_proxy /PREFIX/* RELAY:3000"),
    NGINX_PREFIX_WITHOUT_SLASH(
            Proxy.NGINX,
            "location /dock { proxy_pass http://TO/; " + Nginx.GOOD + " }",
            "/dock",
            "does not know the prefix",
            "return 308 /PREFIX/;"),
    NGINX_WITHOUT_ORIGIN(
            Proxy.NGINX,
            "location / { proxy_pass http://TO; proxy_set_header Origin \"\"; " + Nginx.GOOD + " }",
            "/",
            "A WebSocket of a page of another site is accepted",
            "remove \"proxy_set_header Origin\""),
    NGINX_WRONG_ADDRESS(
            Proxy.NGINX,
            "location / { proxy_pass http://NOTHING; " + Nginx.GOOD + " }",
            "/",
            "does not reach the relay",
            "502"),
    NGINX_WITH_SIGN_IN(
            Proxy.NGINX,
            "location / { auth_basic x; auth_basic_user_file /dev/null; proxy_pass http://TO; " + Nginx.GOOD + " }",
            "/",
            "asks for a sign-in"),
    NGINX_WITHOUT_WEBSOCKETS(
            Proxy.NGINX,
            "location /ws { return 444; } location / { proxy_pass http://TO; " + Nginx.GOOD + " }",
            "/",
            "The WebSocket handshake fails",
            "removes the Upgrade header"),
    NGINX_SIGNED(
            Proxy.NGINX,
            Nginx.SIGNED + Nginx.FORWARDED + " }",
            "/",
            "asks for a sign-in",
            "A WebSocket of a page of another site is refused",
            "A forwarded header of the client's own does not count"),
    NGINX_SIGNED_WITHOUT_ORIGIN(
            Proxy.NGINX,
            Nginx.SIGNED + Nginx.FORWARDED + "proxy_set_header Origin \"\"; }",
            "/",
            "of another site is asked for a sign-in only",
            "remove \"proxy_set_header Origin\""),
    NGINX_SIGNED_FORGED(
            Proxy.NGINX,
            Nginx.SIGNED + " }",
            "/",
            "A forwarded header of the client's own counts",
            "proxy_set_header Forwarded \"\";"),
    HAPROXY_GOOD(Proxy.HAPROXY, " timeout tunnel 1h\n server relay TO", "/", ""),
    HAPROXY_WITHOUT_UPGRADE(
            Proxy.HAPROXY, " http-request del-header Upgrade\n server relay TO", "/", "removes the Upgrade header"),
    HAPROXY_OTHER_HOST(
            Proxy.HAPROXY, " http-request set-header Host 10.9.8.7\n server relay TO", "/", "does not pass the Host"),
    HAPROXY_SHORT_TIMEOUT(
            Proxy.HAPROXY,
            " timeout tunnel 3s\n server relay TO",
            "/",
            "An idle WebSocket is cut after",
            "timeout tunnel 1h"),
    CADDY_GOOD(Proxy.CADDY, " reverse_proxy TO", "/", ""),
    CADDY_PREFIX_REMOVED(
            Proxy.CADDY,
            " redir /dock /dock/\n handle_path /dock/* {\n  reverse_proxy PREFIXED\n }",
            "/dock",
            "sent to"),
    CADDY_OTHER_HOST(
            Proxy.CADDY,
            " reverse_proxy TO {\n  header_up Host {upstream_hostport}\n }",
            "/",
            "does not pass the Host",
            "without header_up Host"),
    CADDY_WITHOUT_UPGRADE(
            Proxy.CADDY,
            " reverse_proxy TO {\n  header_up -Upgrade\n  header_up -Connection\n }",
            "/",
            "removes the Upgrade header");

    private final Proxy proxy;
    private final String site;
    private final String path;
    private final List<String> found;
    private final int port = Checkout.freePort();

    /** @param found parts of what the doctor prints; nothing is to change if it is empty or "sent to" */
    ProxyCase(Proxy proxy, String site, String path, String... found) {
        this.proxy = proxy;
        this.site = site;
        this.path = path;
        this.found = List.of(found);
    }

    Proxy proxy() {
        return proxy;
    }

    /** Of the proxy. */
    int port() {
        return port;
    }

    /** The page's address. */
    String url() {
        return "http://127.0.0.1:" + port + path;
    }

    String lines(int relay, int prefixed, int signed, int nothing) {
        return site.replace("PREFIXED", "127.0.0.1:" + prefixed)
                .replace("SIGNED", "127.0.0.1:" + signed)
                .replace("NOTHING", "127.0.0.1:" + nothing)
                .replace("TO", "127.0.0.1:" + relay);
    }

    List<String> found() {
        return found;
    }

    boolean isGood() {
        return found.getFirst().isEmpty() || found.getFirst().equals("sent to");
    }
}
