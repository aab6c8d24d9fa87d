package io.dockrelay.deploy;

import java.util.Optional;
import java.util.ServiceLoader;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;

import io.dockrelay.settings.ClusterProvider;
import io.dockrelay.settings.ClusterSettings;

/** Creates a clustered Vert.x, if the cluster's jar is on the class path. */
final class Cluster {

    private Cluster() {}

    /** Blocks on name lookups; fails with {@link StartupException}. */
    static Future<Vertx> join(ClusterSettings settings) {
        Optional<ClusterProvider> provider =
                ServiceLoader.load(ClusterProvider.class).findFirst();
        if (provider.isEmpty()) {
            return Future.failedFuture(new StartupException("A cluster needs dockrelay-cluster.jar on the class path:"
                    + " java -cp dockrelay.jar:dockrelay-cluster.jar io.dockrelay.deploy.Main … --cluster"));
        }
        EventBusOptions bus = new EventBusOptions().setHost(settings.host()).setPort(settings.busPort());
        return Vertx.builder()
                .with(Launch.options().setEventBusOptions(bus))
                .withClusterManager(provider.get().create(settings))
                .buildClustered()
                .recover(cause -> Future.failedFuture(notJoined(settings, cause)));
    }

    private static StartupException notJoined(ClusterSettings settings, Throwable cause) {
        return new StartupException("The cluster cannot be joined from " + settings.host() + ", port " + settings.port()
                + " (" + cause.getMessage() + "): see host (CLUSTER_HOST) and port (CLUSTER_PORT) in cluster.json.");
    }
}
