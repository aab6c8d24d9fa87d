package io.dockrelay.deploy;

import java.util.Optional;
import java.util.ServiceLoader;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;

import io.dockrelay.settings.ClusterProvider;
import io.dockrelay.settings.ClusterSettings;

/** A Vert.x whose bus is shared with other processes, if the jar for it is there. */
final class Cluster {

    private Cluster() {}

    /** Blocks on name look-ups; fails with {@link CannotStart}. */
    static Future<Vertx> join(ClusterSettings settings) {
        Optional<ClusterProvider> provider =
                ServiceLoader.load(ClusterProvider.class).findFirst();
        if (provider.isEmpty()) {
            return Future.failedFuture(new CannotStart("A cluster needs dockrelay-cluster.jar on the class path:"
                    + " java -cp dockrelay.jar:dockrelay-cluster.jar io.dockrelay.deploy.Main … --cluster"));
        }
        EventBusOptions bus = new EventBusOptions().setHost(settings.host()).setPort(settings.busPort());
        return Vertx.builder()
                .with(Launch.options().setEventBusOptions(bus))
                .withClusterManager(provider.get().create(settings))
                .buildClustered()
                .recover(cause -> Future.failedFuture(notJoined(settings, cause)));
    }

    private static CannotStart notJoined(ClusterSettings settings, Throwable cause) {
        return new CannotStart("The cluster cannot be joined from " + settings.host() + ", port " + settings.port()
                + " (" + cause.getMessage() + "): see host (CLUSTER_HOST) and port (CLUSTER_PORT) in cluster.json.");
    }
}
