package io.dockrelay.listener.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.TlsSettings;

/**
 * TLS of one HTTP server. New connections use the files as they are now; those that are open go on. Owned by the listener, on
 * its context.
 */
public final class ListenerTls {

    private static final Logger log = LoggerFactory.getLogger(ListenerTls.class);

    private final TlsReload reload;

    public ListenerTls(Vertx vertx, TlsSettings settings) {
        this.reload = new TlsReload(vertx, PemFiles.of(settings));
    }

    /** The options with TLS; fails with {@link SettingsException}. */
    public Future<HttpServerOptions> secured(HttpServerOptions options) {
        return reload.load().map(content -> {
            ServerSSLOptions tls = TlsOptions.server(content);
            options.setSsl(true)
                    .setUseAlpn(tls.isUseAlpn())
                    .setSslHandshakeTimeout(tls.getSslHandshakeTimeout())
                    .setSslHandshakeTimeoutUnit(tls.getSslHandshakeTimeoutUnit())
                    .setClientAuth(tls.getClientAuth())
                    .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
                    .setKeyCertOptions(tls.getKeyCertOptions())
                    .setTrustOptions(tls.getTrustOptions());
            return options;
        });
    }

    /** The server listens: its files are looked at from now on. */
    public void listening(HttpServer server) {
        reload.start(content -> server.updateSSLOptions(TlsOptions.server(content))
                .onFailure(failure -> log.error("[tls] the new files are not used", failure)));
    }

    public void close() {
        reload.close();
    }
}
