package io.dockrelay.listener.tls;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ServerSSLOptions;

/**
 * Between programs that are equals: each end needs a certificate of the issuer in {@link PemContent#ca}. Host names are not
 * compared, because a member's address is not known before it runs, and each holder of a certificate is a member.
 */
public final class MutualTls {

    private MutualTls() {}

    /** The end that accepts a connection. Without a certificate the handshake fails. */
    public static ServerSSLOptions server(PemContent content) {
        return TlsOptions.server(content).setClientAuth(ClientAuth.REQUIRED);
    }

    /** The end that opens it. */
    public static ClientSSLOptions client(PemContent content) {
        return TlsOptions.client(content).setHostnameVerificationAlgorithm("");
    }
}
