package io.dockrelay.e2e;

/** Lines of nginx's configuration that a relay needs. */
final class Nginx {

    static final String UPGRADE = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
            + " proxy_set_header Connection \"upgrade\";";
    static final String HOST = "proxy_set_header Host $http_host;";
    static final String UNBUFFERED = "proxy_buffering off;";
    static final String GOOD = UPGRADE + HOST + UNBUFFERED;

    /** WebSockets pass with the relay as it is, but answers are collected. */
    static final String HTTP_1_0 = UPGRADE.replace("proxy_http_version 1.1;", "");

    /** Without its end. */
    static final String SIGNED = "location / { proxy_pass http://SIGNED; " + GOOD;

    /** For a relay that trusts the proxy. */
    static final String FORWARDED = "proxy_set_header X-Forwarded-For $remote_addr;"
            + " proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;"
            + " proxy_set_header X-Forwarded-Port \"\"; proxy_set_header Forwarded \"\";";

    private Nginx() {}
}
