package io.dockrelay.settings;

import io.vertx.core.spi.cluster.ClusterManager;

/**
 * Creates a cluster manager. Found by {@link java.util.ServiceLoader}, and only looked for if a cluster is configured, so
 * that a single node neither needs nor loads its jar.
 */
public interface ClusterProvider {

    /** A cluster manager with these settings; may look up a host name: not for an event loop. */
    ClusterManager create(ClusterSettings settings);
}
