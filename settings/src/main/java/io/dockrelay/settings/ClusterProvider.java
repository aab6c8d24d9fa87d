package io.dockrelay.settings;

import io.vertx.core.spi.cluster.ClusterManager;

/**
 * Gives a process its place in a cluster. Found by {@link java.util.ServiceLoader}, and only looked for when a cluster
 * is wanted, so that a single node neither has nor loads any of it.
 */
public interface ClusterProvider {

    /** A cluster manager set up as these settings say; may look a host name up: not for an event loop. */
    ClusterManager create(ClusterSettings settings);
}
