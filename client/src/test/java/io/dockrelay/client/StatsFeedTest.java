package io.dockrelay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;

import static org.assertj.core.api.Assertions.assertThat;

class StatsFeedTest extends OnScriptedController {

    private final BlockingQueue<StatsSample> samples = new LinkedBlockingQueue<>();

    @Test
    void watchIsRenewedUntilTheFeedIsClosed() throws Exception {
        StatsFeed feed = watch();
        WatchStats first = next(controller.watches);
        assertThat(first.containers()).containsExactly("web");
        assertThat(first.intervalMs()).isEqualTo(1000);
        assertThat(next(controller.watches)).isEqualTo(first);
        await(feed.close());
        assertThat(next(controller.watches)).isEqualTo(WatchStats.end(first.watch()));
    }

    @Test
    void samplesHaveTheWatchedContainersOnly() throws Exception {
        StatsFeed feed = watch();
        next(controller.watches);
        publish("other", 1);
        publish("web", 2);
        StatsSample sample = next(samples);
        assertThat(sample.items())
                .singleElement()
                .extracting(ContainerStats::container)
                .isEqualTo("web");
        await(feed.close());
    }

    @Test
    void newestSampleWaitsForAPausedReader() throws Exception {
        StatsFeed feed = onContext(() -> dockrelay.stats(ScriptedController.ID, List.of("*"), Duration.ofSeconds(1)));
        feed.pause().handler(samples::add);
        next(controller.watches);
        publish("one", 1);
        publish("two", 2);
        publish("three", 3);
        await(vertx.timer(300).mapEmpty());
        feed.resume();
        assertThat(next(samples).items()).extracting(ContainerStats::container).containsExactly("three");
        assertThat(samples).isEmpty();
        await(feed.close());
    }

    private StatsFeed watch() throws Exception {
        StatsFeed feed = onContext(() -> dockrelay.stats(ScriptedController.ID, List.of("web"), Duration.ofMillis(10)));
        feed.handler(samples::add);
        return feed;
    }

    private void publish(String container, long bytes) {
        var item = new ContainerStats(
                ScriptedController.ID, container, container, 0.5, bytes, null, null, null, null, null);
        var host = new HostStats(ScriptedController.ID, 2, 1L, null);
        Bus.of(vertx)
                .publish(
                        Addresses.stats(ScriptedController.ID),
                        new StatsSample(ScriptedController.ID, Instant.now(), host, List.of(item)));
    }
}
