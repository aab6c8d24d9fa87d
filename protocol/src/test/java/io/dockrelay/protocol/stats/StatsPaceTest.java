package io.dockrelay.protocol.stats;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatsPaceTest {

    private static final Instant AT = Instant.parse("2025-11-25T22:53:15.240Z");

    private static ContainerStats item(String name, Double cores) {
        return new ContainerStats("edge-1", name, "id-" + name, cores, 1L, null, null, null, null, null);
    }

    private static StatsSample sample(ContainerStats... items) {
        return new StatsSample("edge-1", AT, new HostStats("edge-1", 2, 4096L), List.of(items));
    }

    private static List<String> due(StatsPace pace, StatsSample sample, long now) {
        return pace.due(sample, now, item -> "full-" + item.container()).stream()
                .map(ContainerStats::container)
                .toList();
    }

    @Test
    void subscriberGetsItsOwnContainersAtItsOwnInterval() {
        var pace = new StatsPace(StatsSet.of(List.of("web", "full-db")), 5_000);
        StatsSample all = sample(item("web", 0.1), item("db", 0.2), item("cache", 0.3));

        List<Long> received = Stream.iterate(0L, now -> now + 1_000)
                .limit(11)
                .filter(now -> !due(pace, all, now).isEmpty())
                .toList();

        assertThat(received).containsExactly(0L, 4_000L, 8_000L);
        assertThat(due(pace, all, 20_000)).containsExactly("web", "db");
    }

    @Test
    void containerMeasuredMoreOftenForAnotherSubscriberDoesNotDelayTheRest() {
        var pace = new StatsPace(StatsSet.of(List.of("*")), 5_000);

        assertThat(due(pace, sample(item("web", 0.1)), 0)).containsExactly("web");
        assertThat(due(pace, sample(item("web", 0.1), item("db", 0.1)), 1_000)).containsExactly("db");
        assertThat(due(pace, sample(item("web", 0.1)), 5_000)).containsExactly("web");
    }

    @Test
    void firstCpuValueIsSentWithoutWaitingForTheInterval() {
        var pace = new StatsPace(StatsSet.of(List.of("*")), 60_000);

        assertThat(due(pace, sample(item("web", null)), 0)).containsExactly("web");
        assertThat(due(pace, sample(item("web", 0.5)), 1_000)).containsExactly("web");
        assertThat(due(pace, sample(item("web", 0.5)), 2_000)).isEmpty();
    }

    @Test
    void subscriberOfAllContainersGetsTheSharedList() {
        var pace = new StatsPace(StatsSet.of(List.of("edge-1/*")), 1_000);
        StatsSample all = sample(item("web", 0.1), item("db", 0.2));

        assertThat(pace.due(all, 0, item -> null)).isSameAs(all.items());
    }
}
