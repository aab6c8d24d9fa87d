package io.dockrelay.controller.stats.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsSample;

import static org.assertj.core.api.Assertions.assertThat;

class LoadHistoriesTest {

    private static final int STEP = 10_000;
    private static final Instant START = Instant.parse("2026-11-29T14:00:00Z");
    private static final HostStats HOST = new HostStats("edge-1", 4, 1_000_000L);

    private final LoadHistories histories = new LoadHistories(STEP);
    private ContainerList list = ContainerList.EMPTY;

    @Test
    void ratesAreOfCountersAndEndWithTheRun() {
        there("a", "web");
        add(item("a", "web", null, 1_000L), 0);
        add(item("a", "web", 0.5, 3_000L), 10);
        add(item("a", "web", null, 9_000L), 20);
        add(item("a", "web", 0.25, 9_500L), 30);

        assertThat(mean(LoadMeasure.CPU, 4)).containsExactly(null, 0.5, null, 0.25);
        assertThat(mean(LoadMeasure.RECEIVED, 4)).containsExactly(null, 200L, null, 50L);
    }

    @Test
    void timeThatWasNotMeasuredIsAGapAndNoRateSpansIt() {
        there("a", "web");
        add(item("a", "web", 0.5, 1_000L), 0);
        add(item("a", "web", 0.5, 5_000L), 60);
        add(item("a", "web", 0.5, 6_000L), 70);

        assertThat(mean(LoadMeasure.CPU, 8)).containsExactly(0.5, null, null, null, null, null, 0.5, 0.5);
        assertThat(mean(LoadMeasure.RECEIVED, 8)).containsExactly(null, null, null, null, null, null, null, 100L);
    }

    @Test
    void containerThatTakesThePlaceOfARemovedOneContinuesItsHistory() {
        there("a", "web");
        add(item("a", "web", 0.5, 5_000L), 0);
        there("b", "web");
        assertThat(histories.of(list.containers().getFirst(), list))
                .as("before its first measurement")
                .isEqualTo(histories.find("a"));
        add(item("b", "web", 0.25, 9_000L), 10);

        ContainerHistory history = histories.find("web").orElseThrow();
        assertThat(history.container().id()).isEqualTo("b");
        assertThat(mean(LoadMeasure.CPU, 2)).containsExactly(0.5, 0.25);
        assertThat(mean(LoadMeasure.RECEIVED, 2)).as("another run").containsOnlyNulls();
        assertThat(histories.all()).hasSize(1);
    }

    @Test
    void containerBesideAnotherHasAHistoryOfItsOwn() {
        list = new ContainerList(List.of(container("a", "web"), container("b", "db")));
        add(item("a", "web", 0.5, 1L), 0);
        add(item("b", "db", 0.1, 1L), 0);

        assertThat(histories.all()).hasSize(2);
        assertThat(histories.find("b").orElseThrow().container().name()).isEqualTo("db");
    }

    @Test
    void renamedContainerIsFoundByItsNewName() {
        there("a", "web");
        add(item("a", "web", 0.5, 1L), 0);
        there("a", "front");
        histories.listed(list);

        assertThat(histories.find("front")).isPresent();
        assertThat(histories.find("web")).isEmpty();
    }

    @Test
    void removedContainerIsKeptForADay() {
        there("a", "web");
        add(item("a", "web", 0.5, 1L), 0);
        list = ContainerList.EMPTY;

        histories.expire(START.plus(Duration.ofHours(24)));
        assertThat(histories.find("a")).isPresent();
        histories.expire(START.plus(Duration.ofHours(24)).plusSeconds(1));
        assertThat(histories.find("a")).isEmpty();
    }

    @Test
    void numberOfHistoriesIsBoundedAndTheLongestUnusedGoesFirst() {
        for (int i = 0; i <= LoadHistories.MOST; i++) {
            there("id-" + i, "job-" + i);
            add(item("id-" + i, "job-" + i, 0.5, 1L), 10L * i);
        }

        assertThat(histories.all()).hasSize(LoadHistories.MOST);
        assertThat(histories.find("id-0")).isEmpty();
        assertThat(histories.find("id-1")).isPresent();
    }

    @Test
    void containersBeyondTheBoundHaveNoHistoryWhileAllOthersAreMeasured() {
        List<ContainerStats> all = IntStream.rangeClosed(0, LoadHistories.MOST)
                .mapToObj(i -> item("id-" + i, "web-" + i, 0.5, 1L))
                .toList();
        histories.add(new StatsSample("edge-1", START, HOST, all), list);
        histories.add(new StatsSample("edge-1", START.plusSeconds(10), HOST, all), list);

        assertThat(histories.all()).hasSize(LoadHistories.MOST);
        assertThat(histories.find("id-0")).isPresent();
        assertThat(histories.find("id-" + LoadHistories.MOST)).isEmpty();
    }

    private void there(String id, String name) {
        list = new ContainerList(List.of(container(id, name)));
    }

    private void add(ContainerStats item, long second) {
        histories.add(new StatsSample("edge-1", START.plusSeconds(second), HOST, List.of(item)), list);
    }

    private List<Number> mean(LoadMeasure measure, int count) {
        var range = new HistoryRange(START.toEpochMilli(), STEP, count, true);
        return histories.all().iterator().next().column(measure, range).mean();
    }

    private static ContainerStats item(String id, String name, Double cpu, Long received) {
        return new ContainerStats("edge-1", name, id, cpu, 4_096L, null, received, null, null, null);
    }

    private static Container container(String id, String name) {
        return new Container(
                name, "shop-" + name, ContainerStatus.RUNNING, "Up", null, id, true, "edge-1", null, null, null);
    }
}
