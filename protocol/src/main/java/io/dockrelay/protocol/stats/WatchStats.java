package io.dockrelay.protocol.stats;

import java.time.Duration;
import java.util.List;

/**
 * Asks a controller to measure containers from now on and to publish the samples. A watch lasts for {@link #LEASE}, so
 * that nothing is measured for a subscriber that has disappeared; the subscriber renews it every {@link #RENEW_EVERY}.
 * A new request with the same id replaces the previous one.
 *
 * @param watch the watch's id, unique on the bus; chosen by the subscriber
 * @param containers names, full names or ids, or {@link StatsSet#ALL}; an empty list ends the watch
 * @param intervalMs between two measurements of one container
 * @param spread whether the containers are measured one after the other, all over the interval, and not at the same time
 */
public record WatchStats(String watch, List<String> containers, int intervalMs, boolean spread) {

    /** How long a watch lasts without a renewal. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    /** The interval of renewals; a third of the lease, so that one lost renewal does not end the watch. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    public WatchStats {
        containers = List.copyOf(containers);
    }

    /** A watch for a viewer: the containers are measured together, and a new one soon a second time, for its CPU. */
    public WatchStats(String watch, List<String> containers, int intervalMs) {
        this(watch, containers, intervalMs, false);
    }

    /** The request that ends a watch. */
    public static WatchStats end(String watch) {
        return new WatchStats(watch, List.of(), StatsInterval.DEFAULT_MS);
    }
}
