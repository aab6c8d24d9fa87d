package io.dockrelay.deploy;

import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;

import io.dockrelay.settings.ClusterProvider;
import io.dockrelay.settings.ClusterSettings;
import io.dockrelay.settings.SettingsException;

/** Creates a clustered Vert.x, if the cluster's jar is on the class path or next to the program's jar. */
final class Cluster {

    private static final String JAR = "dockrelay-cluster.jar";

    /** To another member, which is near; Vert.x has a minute. */
    private static final int CONNECT_MILLIS = 5_000;

    /** A connection is given up after twice this time without an answer: before the member is, and not after 40 s. */
    private static final long PING_MILLIS = 5_000;

    private Cluster() {}

    /**
     * The options of the clustered Vert.x; fails with {@link SettingsException}.
     *
     * @param reading the Vert.x whose workers read the certificates
     * @param options whose event bus options are replaced
     */
    static Future<VertxOptions> options(Vertx reading, ClusterSettings settings, VertxOptions options) {
        EventBusOptions bus = new EventBusOptions()
                .setHost(settings.host())
                .setPort(settings.busPort())
                .setConnectTimeout(CONNECT_MILLIS)
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS);
        Future<EventBusOptions> secured = settings.tls().isPresent()
                ? new BusTls(settings.tls().get()).secured(reading, bus)
                : Future.succeededFuture(bus);
        return secured.map(options::setEventBusOptions);
    }

    /**
     * Blocks on name lookups; fails with {@link StartupException} or {@link SettingsException}.
     *
     * @param options of the Vert.x that is created, from {@link #options}
     */
    static Future<Vertx> join(ClusterSettings settings, VertxOptions options) {
        Optional<ClusterProvider> provider =
                ServiceLoader.load(ClusterProvider.class).findFirst().or(Cluster::besideTheProgram);
        if (provider.isEmpty()) {
            return Future.failedFuture(new StartupException("A cluster needs dockrelay-cluster.jar on the class path:"
                    + " java -cp dockrelay.jar:dockrelay-cluster.jar io.dockrelay.deploy.Main … --cluster"));
        }
        return Vertx.builder()
                .with(options)
                .withClusterManager(provider.get().create(settings))
                .buildClustered()
                .recover(cause -> Future.failedFuture(notJoined(settings, cause)))
                .compose(vertx -> watched(settings, vertx));
    }

    private static Future<Vertx> watched(ClusterSettings settings, Vertx vertx) {
        return settings.tls()
                .map(tls -> new BusTls(tls).watch(vertx).map(vertx))
                .orElseGet(() -> Future.succeededFuture(vertx));
    }

    /** Loads the cluster's jar; until the end of the program. */
    private static Optional<ClusterProvider> besideTheProgram() {
        try {
            Path program = Path.of(Cluster.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = program.resolveSibling(JAR);
            if (!Files.isRegularFile(program) || !Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            URL[] urls = {jar.toUri().toURL()};
            var loader = new URLClassLoader("cluster", urls, Cluster.class.getClassLoader());
            return ServiceLoader.load(ClusterProvider.class, loader).findFirst();
        } catch (URISyntaxException | MalformedURLException noFile) {
            return Optional.empty();
        }
    }

    private static Throwable notJoined(ClusterSettings settings, Throwable cause) {
        if (cause instanceof SettingsException) {
            return cause;
        }
        return new StartupException("The cluster cannot be joined from " + settings.host() + ", port " + settings.port()
                + " (" + cause.getMessage() + "): see host (CLUSTER_HOST) and port (CLUSTER_PORT) in cluster.json.");
    }
}
