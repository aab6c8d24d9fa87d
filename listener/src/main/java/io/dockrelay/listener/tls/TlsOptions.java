package io.dockrelay.listener.tls;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;

/** What both ends of TLS accept: version 1.2 or newer, and certificates that are verified, with their host names. */
public final class TlsOptions {

    private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

    /** In Java's terms: the rules of HTTPS. */
    private static final String HOST_NAMES = "HTTPS";

    /** A connection is counted from the end of its handshake on. Three times what a slow network needs. */
    private static final int HANDSHAKE_SECONDS = 3;

    private TlsOptions() {}

    /**
     * A server. With issuers, a client's certificate must be of them; a client without one gets an answer that says so, from
     * the server's authentication.
     */
    static ServerSSLOptions server(PemContent content) {
        var options = new ServerSSLOptions()
                .setKeyCertOptions(keyOf(content))
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setEnabledSecureTransportProtocols(VERSIONS);
        return content.ca() == null
                ? options
                : options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(trust(content));
    }

    /** A client. Without issuers it accepts those that Java knows. */
    public static ClientSSLOptions client(PemContent content) {
        var options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(HOST_NAMES)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(VERSIONS);
        if (content.cert() != null) {
            options.setKeyCertOptions(keyOf(content));
        }
        if (content.ca() != null) {
            options.setTrustOptions(trust(content));
        }
        return options;
    }

    static KeyCertOptions keyOf(PemContent content) {
        return new PemKeyCertOptions().addCertValue(content.cert()).addKeyValue(content.key());
    }

    private static PemTrustOptions trust(PemContent content) {
        return new PemTrustOptions().addCertValue(content.ca());
    }
}
