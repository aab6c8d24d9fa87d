package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

import io.dockrelay.listener.tls.PemContent;
import io.dockrelay.listener.tls.PemFiles;
import io.dockrelay.listener.tls.TlsOptions;
import io.dockrelay.listener.tls.TlsReload;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.UplinkSettings;

/**
 * What an uplink presents to its controller in each request and handshake: the token, and for TLS the accepted issuers and
 * its own certificate, as the files are now. Owned by its {@link Uplink}, on its context; ends with {@link #close}.
 */
final class UplinkAccess {

    private final Optional<Secret> token;
    private final Optional<UplinkProxy> proxy;
    private final TlsReload files;
    private ClientSSLOptions tls = TlsOptions.client(PemContent.NONE);

    UplinkAccess(Vertx vertx, UplinkSettings settings) {
        this(vertx, settings, Optional.empty());
    }

    /** @param proxy through which it connects; empty for none */
    UplinkAccess(Vertx vertx, UplinkSettings settings, Optional<UplinkProxy> proxy) {
        this.proxy = proxy;
        this.token = settings.token();
        this.files = new TlsReload(vertx, PemFiles.of(settings));
    }

    /** Reads the files; fails with {@link SettingsException}. Succeeds at once if there are none. */
    Future<Void> open() {
        return files.load().map(content -> {
            use(content);
            files.start(this::use);
            return null;
        });
    }

    /** Adds what is presented. */
    <T extends RequestOptions> T to(URI target, T request) {
        token.ifPresent(secret -> request.putHeader("Authorization", "Bearer " + secret.reveal()));
        String scheme = target.getScheme();
        proxy.ifPresent(through ->
                request.setProxyOptions(options(through, scheme.startsWith("ws") ? UplinkProxy.WS : UplinkProxy.API)));
        if (scheme.equalsIgnoreCase("wss") || scheme.equalsIgnoreCase("https")) {
            request.setSslOptions(tls);
        }
        return request;
    }

    private static ProxyOptions options(UplinkProxy through, String user) {
        return new ProxyOptions()
                .setType(ProxyType.SOCKS5)
                .setHost(UplinkProxy.HOST)
                .setPort(through.port())
                .setUsername(user)
                .setPassword(through.password().reveal());
    }

    /** Whether it has a certificate of its own. */
    boolean hasCertificate() {
        return tls.getKeyCertOptions() != null;
    }

    void close() {
        files.close();
    }

    private void use(PemContent content) {
        tls = TlsOptions.client(content);
    }
}
