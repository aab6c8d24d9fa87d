package io.dockrelay.protocol.stats;

import java.time.Duration;
import java.util.List;

/**
 * Asks a controller to measure containers from now on and to publish it. It holds for {@link #LEASE}, so that nothing
 * is measured for somebody who is gone; who still wants it asks again every {@link #RENEW_EVERY}. The newest question of
 * a watch replaces the one before.
 *
 * @param watch unique among all watches of the bus, made by the one who asks
 * @param containers names, full names or ids, or {@link StatsSet#ALL}; none ends the watch
 * @param intervalMs between two measurements of one container
 */
public record WatchStats(String watch, List<String> containers, int intervalMs) {

    /** How long a watch holds that nobody renews. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    /** How often a watch is renewed: one that was lost on the way ends nothing. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    public WatchStats {
        containers = List.copyOf(containers);
    }

    /** The question that ends a watch. */
    public static WatchStats end(String watch) {
        return new WatchStats(watch, List.of(), StatsInterval.USUAL_MS);
    }
}
