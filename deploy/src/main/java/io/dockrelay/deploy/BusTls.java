package io.dockrelay.deploy;

import java.lang.reflect.Field;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.ServerSSLOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.tls.MutualTls;
import io.dockrelay.listener.tls.PemContent;
import io.dockrelay.listener.tls.PemFiles;
import io.dockrelay.listener.tls.TlsReload;
import io.dockrelay.settings.TlsSettings;

/**
 * Mutual TLS of the event bus between members: Vert.x's own, with certificates that are read again when they change. New
 * connections use them; those that are open go on. Owned by {@link Cluster}; ends with its Vert.x.
 */
final class BusTls {

    private static final Logger log = LoggerFactory.getLogger(BusTls.class);

    private final PemFiles files;

    BusTls(TlsSettings settings) {
        this.files = PemFiles.of(settings);
    }

    /**
     * The options with TLS; fails with {@link io.dockrelay.settings.SettingsException}.
     *
     * @param reading any Vert.x, whose workers read the files
     */
    Future<EventBusOptions> secured(Vertx reading, EventBusOptions options) {
        return new TlsReload(reading, files).load().map(content -> {
            ServerSSLOptions tls = MutualTls.server(content);
            options.setSsl(true)
                    .setClientAuth(tls.getClientAuth())
                    .setSslHandshakeTimeout(tls.getSslHandshakeTimeout())
                    .setSslHandshakeTimeoutUnit(tls.getSslHandshakeTimeoutUnit())
                    .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
                    .setKeyCertOptions(tls.getKeyCertOptions())
                    .setTrustOptions(tls.getTrustOptions());
            return options;
        });
    }

    /** Looks for changes of the files, until this clustered Vert.x is closed. */
    Future<Void> watch(Vertx clustered) {
        Object bus = ((VertxInternal) clustered).eventBus();
        try {
            NetServer server = (NetServer) part(bus, "server");
            NetClient client = (NetClient) part(bus, "client");
            var reload = new TlsReload(clustered, files);
            return reload.load()
                    .onSuccess(content -> reload.start(changed -> use(changed, server, client)))
                    .mapEmpty();
        } catch (ReflectiveOperationException otherVersion) {
            log.warn(
                    "[tls] new certificates of the cluster are used after a restart only: {}", otherVersion.toString());
            return Future.succeededFuture();
        }
    }

    private static void use(PemContent content, NetServer server, NetClient client) {
        Future.join(
                        server.updateSSLOptions(MutualTls.server(content)),
                        client.updateSSLOptions(MutualTls.client(content)))
                .onFailure(failure -> log.error("[tls] the new files are not used", failure));
    }

    /** Vert.x lets the options of its own server and client be changed, but shows neither of them. */
    private static Object part(Object bus, String name) throws ReflectiveOperationException {
        Field field = bus.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(bus);
    }
}
