package io.dockrelay.e2e;

/** The proxies that Debian has. */
enum Proxy {
    NGINX,
    HAPROXY,
    CADDY
}
