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

/** Creates a clustered Vert.x, if the cluster's jar is on the class path or next to the program's jar. */
final class Cluster {

    private static final String JAR = "dockrelay-cluster.jar";

    private Cluster() {}

    /**
     * Blocks on name lookups; fails with {@link StartupException}.
     *
     * @param options of the Vert.x that is created; the event bus options are replaced
     */
    static Future<Vertx> join(ClusterSettings settings, VertxOptions options) {
        Optional<ClusterProvider> provider =
                ServiceLoader.load(ClusterProvider.class).findFirst().or(Cluster::besideTheProgram);
        if (provider.isEmpty()) {
            return Future.failedFuture(new StartupException("A cluster needs dockrelay-cluster.jar on the class path:"
                    + " java -cp dockrelay.jar:dockrelay-cluster.jar io.dockrelay.deploy.Main … --cluster"));
        }
        EventBusOptions bus = new EventBusOptions().setHost(settings.host()).setPort(settings.busPort());
        return Vertx.builder()
                .with(options.setEventBusOptions(bus))
                .withClusterManager(provider.get().create(settings))
                .buildClustered()
                .recover(cause -> Future.failedFuture(notJoined(settings, cause)));
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

    private static StartupException notJoined(ClusterSettings settings, Throwable cause) {
        return new StartupException("The cluster cannot be joined from " + settings.host() + ", port " + settings.port()
                + " (" + cause.getMessage() + "): see host (CLUSTER_HOST) and port (CLUSTER_PORT) in cluster.json.");
    }
}
