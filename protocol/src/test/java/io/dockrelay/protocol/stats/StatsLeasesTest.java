package io.dockrelay.protocol.stats;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatsLeasesTest {

    private static final long LEASE = WatchStats.LEASE.toMillis();

    private final StatsLeases leases = new StatsLeases(WatchStats.LEASE);

    @Test
    void containerIsMeasuredAtTheShortestOfItsIntervals() {
        take(new WatchStats("list", List.of("*"), 5_000), 0);
        take(new WatchStats("detail", List.of("web"), 1_000), 0);

        assertThat(leases.intervalOf("web", "shop-web-1", "abc123ef0123")).hasValue(1_000);
        assertThat(leases.intervalOf("db", "shop-db-1", "0123456789ab")).hasValue(5_000);
        assertThat(leases.shortestInterval()).hasValue(1_000);
        assertThat(leases.containers()).containsExactly("*");

        take(WatchStats.end("list"), 1);
        assertThat(leases.intervalOf("db", "shop-db-1", "0123456789ab")).isEmpty();
        assertThat(leases.containers()).containsExactly("web");
    }

    @Test
    void containerIsSpreadUntilAViewerWatchesIt() {
        var history = new WatchStats("history", List.of("*"), 10_000, true);
        take(history, 0);
        assertThat(leases.isSpread("web", "shop-web-1", "abc123ef0123")).isTrue();

        take(new WatchStats("detail", List.of("web"), 20_000), 0);
        assertThat(leases.isSpread("web", "shop-web-1", "abc123ef0123")).isFalse();
        assertThat(leases.isSpread("db", "shop-db-1", "0123456789ab")).isTrue();
        assertThat(leases.holds(history)).isTrue();
        assertThat(leases.holds(new WatchStats("history", List.of("*"), 5_000, true)))
                .isFalse();
    }

    @Test
    void watchThatIsNotRenewedEnds() {
        take(new WatchStats("a", List.of("web"), 1_000), 0);
        take(new WatchStats("b", List.of("db"), 1_000), 0);
        take(new WatchStats("a", List.of("web"), 1_000), LEASE - 1);

        leases.expire(LEASE);
        assertThat(leases.containers()).containsExactly("web");
        leases.expire(2 * LEASE - 1);
        assertThat(leases.isEmpty()).isTrue();
    }

    @Test
    void intervalsAreLimitedToTheirBounds() {
        take(new WatchStats("a", List.of("web"), 1), 0);
        assertThat(leases.shortestInterval()).hasValue(StatsInterval.SHORTEST_MS);
        take(new WatchStats("a", List.of("web"), Integer.MAX_VALUE), 0);
        assertThat(leases.shortestInterval()).hasValue(StatsInterval.LONGEST_MS);
    }

    @Test
    void numberOfWatchesIsLimited() {
        for (int i = 0; i < StatsLeases.MAX_WATCHES; i++) {
            take(new WatchStats("w" + i, List.of("web"), 1_000), 0);
        }

        assertThat(leases.take(new WatchStats("one more", List.of("db"), 1_000), 0))
                .isFalse();
        assertThat(leases.take(new WatchStats("w0", List.of("db"), 1_000), 0)).isTrue();
    }

    private void take(WatchStats watch, long now) {
        assertThat(leases.take(watch, now)).isTrue();
    }
}
