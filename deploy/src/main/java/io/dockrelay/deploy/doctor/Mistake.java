package io.dockrelay.deploy.doctor;

/** The usual mistakes in front of a relay, and what to change for each proxy. */
enum Mistake {
    NO_UPGRADE(
            "WebSockets do not pass the proxy: it removes the Upgrade header, or speaks HTTP/1.0 to the relay.",
            """
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";""",
            "reverse_proxy RELAY:3000    # it passes them by itself: remove header_up for Connection and Upgrade",
            "# it passes them by itself: remove customRequestHeaders for Connection and Upgrade",
            "# it passes them by itself: remove \"option httpclose\" and del-header for Connection and Upgrade"),
    WRONG_HOST(
            "The proxy does not pass the Host of the browser's address with its port, so the relay refuses the page's"
                    + " Origin.",
            "proxy_set_header Host $http_host;",
            "reverse_proxy RELAY:3000    # without header_up Host",
            "loadBalancer: { passHostHeader: true }",
            "# remove \"http-request set-header Host\""),
    UNKNOWN_NAME(
            "The relay does not know this host name: add it to allowedHosts (RELAY_ALLOWED_HOSTS).",
            "proxy_set_header Host $http_host;    # and RELAY_ALLOWED_HOSTS=NAME for the relay",
            "# RELAY_ALLOWED_HOSTS=NAME for the relay",
            "# RELAY_ALLOWED_HOSTS=NAME for the relay",
            "# RELAY_ALLOWED_HOSTS=NAME for the relay"),
    NO_ORIGIN(
            "A page of another origin is accepted: the proxy removes or replaces Origin, or the relay's setting"
                    + " allowedOrigins allows too much. Any web page could control the containers.",
            "# remove \"proxy_set_header Origin\"",
            "# remove \"header_up Origin\" and \"header_up -Origin\"",
            "# remove customRequestHeaders for Origin",
            "# remove set-header and del-header for Origin"),
    FORGED_ADDRESS(
            "A proxy in trustedProxies passes on what a client sends in X-Forwarded-Host or Forwarded. Each client can choose"
                    + " its address and the page's host: let the proxy overwrite these headers.",
            """
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Port $server_port;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Forwarded "";""",
            "# it overwrites them by itself: remove trusted_proxies",
            "# it overwrites them by itself: remove forwardedHeaders: { insecure: true }",
            """
            http-request del-header Forwarded
            http-request set-header X-Forwarded-For %[src]
            http-request set-header X-Forwarded-Host %[req.hdr(Host)]"""),
    BUFFERING(
            "The proxy collects an answer before it passes it on: logs and searches would arrive late or at once.",
            "proxy_buffering off;\nproxy_http_version 1.1;",
            "reverse_proxy RELAY:3000 {\n    flush_interval -1\n}",
            "# remove the middlewares buffering and compress;  responseForwarding: { flushInterval: 1ms }",
            "# remove \"compression\" and \"option http-buffer-request\"; add \"option http-no-delay\""),
    SHORT_TIMEOUT(
            "The proxy cuts a WebSocket that is idle for a few seconds.",
            "proxy_read_timeout 1h;\nproxy_send_timeout 1h;",
            "# remove stream_timeout, and read_timeout and write_timeout of \"transport http\"",
            "# static configuration: entryPoints.NAME.transport.respondingTimeouts: { readTimeout: 0, writeTimeout: 0 }",
            "timeout tunnel 1h"),
    LOST_PREFIX(
            "The relay does not know the prefix of the page's path, or the proxy drops a part of the path: set pathPrefix"
                    + " (RELAY_PATH_PREFIX), whether the proxy keeps the prefix or removes it.",
            """
            location = /PREFIX { return 308 /PREFIX/; }
            location /PREFIX/ { proxy_pass http://RELAY:3000; }    # and RELAY_PATH_PREFIX=/PREFIX for the relay""",
            """
            redir /PREFIX /PREFIX/
            reverse_proxy /PREFIX/* RELAY:3000    # and RELAY_PATH_PREFIX=/PREFIX for the relay""",
            "rule: PathPrefix(`/PREFIX`)    # with or without stripPrefix, and RELAY_PATH_PREFIX=/PREFIX for the relay",
            "use_backend relay if { path_beg /PREFIX }    # and RELAY_PATH_PREFIX=/PREFIX for the relay"),
    NO_RELAY(
            "The proxy answers, but does not reach the relay: check the address in it, and that the relay listens there"
                    + " (RELAY_BIND).",
            "proxy_pass http://RELAY:3000;",
            "reverse_proxy RELAY:3000",
            "loadBalancer: { servers: [{ url: \"http://RELAY:3000\" }] }",
            "server relay RELAY:3000");

    private static final int INDENT = 6;
    private static final int LABEL = 8;

    private final String sentence;
    private final String nginx;
    private final String caddy;
    private final String traefik;
    private final String haproxy;

    Mistake(String sentence, String nginx, String caddy, String traefik, String haproxy) {
        this.sentence = sentence;
        this.nginx = nginx;
        this.caddy = caddy;
        this.traefik = traefik;
        this.haproxy = haproxy;
    }

    String sentence() {
        return sentence;
    }

    /** What to change, proxy by proxy; each line ends with a line feed. */
    String advice() {
        return lines("nginx", nginx) + lines("Caddy", caddy) + lines("Traefik", traefik) + lines("HAProxy", haproxy);
    }

    private static String lines(String proxy, String change) {
        String indent = " ".repeat(INDENT);
        String label = indent + proxy + ":" + " ".repeat(LABEL - proxy.length());
        return label + change.strip().replace("\n", "\n" + " ".repeat(INDENT + LABEL + 1)) + "\n";
    }
}
