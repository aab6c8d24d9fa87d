package io.dockrelay.controller.stats;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsLeases;
import io.dockrelay.protocol.stats.WatchStats;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is measured when, with a simulated clock. */
class StatsScheduleTest {

    private static final HostStats HOST = new HostStats("edge-1", 4, 1_000_000L);
    private static final WatchStats HISTORY = new WatchStats("history", List.of("*"), 10_000, true);

    private final StatsSchedule schedule = new StatsSchedule();
    private final StatsLeases leases = new StatsLeases(WatchStats.LEASE);

    /** Milliseconds. */
    private long now = 1_000;

    /** When each container was measured. */
    private final Map<String, List<Long>> measured = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "15, 2", "100, 10"})
    void spreadMeasurementsShareTheirInterval(int count, int most) {
        take(HISTORY);
        List<Container> running = containers(count);

        int largest = run(running, 120_000);

        assertThat(largest).isLessThanOrEqualTo(most);
        assertThat(measured).hasSize(count);
        assertThat(measured.values()).allSatisfy(times -> {
            assertThat(times).hasSizeBetween(10, 13);
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).isBetween(9_000L, 12_000L);
            }
        });
    }

    @Test
    void watchedContainerIsMeasuredAtTheViewersPaceAndTheOthersStaySpread() {
        take(HISTORY);
        List<Container> running = containers(20);
        run(running, 30_000);
        measured.clear();
        take(new WatchStats("page", List.of("web-3"), 2_000));
        int largest = run(running, 60_000);

        assertThat(measured.get("web-3")).hasSizeBetween(29, 33);
        assertThat(measured.get("web-4")).hasSizeBetween(5, 7);
        assertThat(largest).isLessThanOrEqualTo(3);
    }

    @Test
    void newContainerHasItsCpuForAViewerAfterASecond() {
        take(new WatchStats("page", List.of("*"), 10_000));
        List<Container> running = containers(2);
        run(running, 5_000);

        assertThat(measured.get("web-0")).containsExactly(1_000L, 2_000L);
    }

    /** Runs rounds; returns the size of the largest. */
    @CanIgnoreReturnValue
    private int run(List<Container> running, long duration) {
        long end = now + duration;
        int largest = 0;
        while (now < end) {
            List<Container> due = schedule.due(running, leases, now);
            largest = Math.max(largest, due.size());
            for (Container container : due) {
                measured.computeIfAbsent(container.name(), name -> new ArrayList<>())
                        .add(now);
                var unused = schedule.take(container, reading(), HOST, now);
            }
            now += schedule.nextRound(leases.shortestInterval().orElseThrow());
        }
        return largest;
    }

    private void take(WatchStats watch) {
        assertThat(leases.take(watch, now)).isTrue();
    }

    private StatsReading reading() {
        return new StatsReading(Instant.ofEpochMilli(now), 1L, 1L, null, null, null, null, null);
    }

    private static List<Container> containers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Container(
                        "web-" + i,
                        "web-" + i,
                        ContainerStatus.RUNNING,
                        "",
                        null,
                        "id-" + i,
                        true,
                        "edge-1",
                        null,
                        null,
                        null))
                .toList();
    }
}
