package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;

import static org.assertj.core.api.Assertions.assertThat;

/** Browsers that watch the load of two controllers on the bus, which the test measures. */
class StatsToBrowsersTest {

    private final RunningRelay relay = new RunningRelay();
    private final Bus bus = Bus.of(relay.vertx);
    private final List<WatchStats> east = new CopyOnWriteArrayList<>();
    private final List<WatchStats> west = new CopyOnWriteArrayList<>();

    @BeforeEach
    void controllers() {
        for (String id : List.of("east", "west")) {
            List<WatchStats> asked = id.equals("east") ? east : west;
            Soon.done(bus.answer(Addresses.watchStats(id), watch -> {
                        asked.add(watch);
                        return Future.succeededFuture(new Acknowledged());
                    })
                    .ready());
            assertThat(new BusController(relay.vertx, id)).isNotNull();
        }
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private Page page() {
        Page page = relay.page();
        page.expect(
                "both controllers",
                message -> message.toString().contains("\"east\"")
                        && message.toString().contains("\"west\""));
        return page;
    }

    private static String subscription(String containers, int interval) {
        return "{\"type\":\"subscribe_stats\",\"containers\":" + containers + ",\"interval_ms\":" + interval + "}";
    }

    private void measure(String controller, String... names) {
        List<ContainerStats> items = Arrays.stream(names)
                .map(name ->
                        new ContainerStats(controller, name, "id-" + name, 0.5, 1024L, null, null, null, null, null))
                .toList();
        bus.publish(
                Addresses.stats(controller),
                new StatsSample(controller, Instant.now(), new HostStats(controller, 4, 8192L), items));
    }

    private static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }

    @Test
    void eachControllerAndEachBrowserGetsItsOwnPart() {
        Page page = page();
        Page other = page();
        page.send(subscription("[\"east/web\",\"db\"]", 1_000));
        until("both were asked", () -> !east.isEmpty() && !west.isEmpty());
        assertThat(east.getFirst().containers()).containsExactly("db", "web");
        assertThat(west.getFirst().containers()).containsExactly("db");

        measure("east", "web", "cache");
        JsonNode stats = page.awaitType("stats");
        assertThat(stats.get("items")).hasSize(1);
        assertThat(stats.at("/items/0/container").asText()).isEqualTo("web");
        assertThat(stats.at("/hosts/0/cpus").asInt()).isEqualTo(4);

        other.settle("done");
        assertThat(other.received("stats")).isEmpty();
    }

    @Test
    void manyBrowsersShareOneWatchAndTheLastOneEndsIt() {
        Page one = page();
        Page two = page();
        one.send(subscription("[\"*\"]", 2_000));
        two.send(subscription("[\"*\"]", 2_000));
        two.settle("asked");
        until("it was asked", () -> !east.isEmpty());
        assertThat(east)
                .extracting(WatchStats::watch)
                .containsOnly(east.getFirst().watch());
        measure("east", "web");
        assertThat(one.awaitType("stats")).isEqualTo(two.awaitType("stats"));

        one.send(subscription("null", 2_000));
        one.settle("left");
        assertThat(east).allSatisfy(watch -> assertThat(watch.containers()).isNotEmpty());

        two.close();
        until(
                "it was ended",
                () -> east.getLast().containers().isEmpty()
                        && west.getLast().containers().isEmpty());
        assertThat(east.getLast().watch()).isEqualTo(east.getFirst().watch());
    }

    @Test
    void laterControllerIsAskedToo() {
        Page page = page();
        page.send(subscription("[\"*\"]", 5_000));
        page.settle("said");
        List<WatchStats> north = new CopyOnWriteArrayList<>();
        Soon.done(bus.answer(Addresses.watchStats("north"), watch -> {
                    north.add(watch);
                    return Future.succeededFuture(new Acknowledged());
                })
                .ready());

        assertThat(new BusController(relay.vertx, "north")).isNotNull();

        until("it was asked", () -> !north.isEmpty());
        assertThat(north.getFirst().containers()).containsExactly("*");
        assertThat(north.getFirst().intervalMs()).isEqualTo(5_000);
    }

    @Test
    void invalidSubscriptionIsRefusedAndThePreviousOneStays() {
        Page page = page();
        page.send(subscription("[\"web\"]", 1_000));
        page.send(subscription("\"web\"", 1_000));

        JsonNode error = page.awaitType("error");
        assertThat(error.get("code").asText()).isEqualTo("bad_request");
        assertThat(error.get("request").asText()).isEqualTo("subscribe_stats");
        until("it was asked", () -> !east.isEmpty());
        measure("east", "web");
        assertThat(page.awaitType("stats").get("items")).hasSize(1);
    }

    @Test
    void hangingBrowserMissesSamplesAndNoneAreKeptForIt() {
        Page slow = page();
        Page quick = page();
        slow.send(subscription("[\"*\"]", 1_000));
        quick.send(subscription("[\"*\"]", 1_000));
        quick.settle("said");
        slow.settle("said too");
        until("it was asked", () -> !east.isEmpty());
        slow.freeze();
        String[] names = IntStream.range(0, 2_000)
                .mapToObj(i -> "container-with-a-rather-long-name-" + i)
                .toArray(String[]::new);
        int rounds = 40;

        // Each is half a megabyte: far more than a socket and the relay hold for one browser.
        for (int round = 0; round < rounds; round++) {
            String[] renamed = names.clone();
            for (int i = 0; i < renamed.length; i++) {
                renamed[i] = round + "-" + renamed[i];
            }
            int sent = round + 1;
            measure("east", renamed);
            until("the quick one has it", () -> quick.received("stats").size() == sent);
        }
        slow.thaw();
        slow.settle("awake");
        measure("east", "web");

        slow.expect(
                "load again",
                message -> message.at("/items/0/container").asText().equals("web"));
        assertThat(slow.received("stats")).hasSizeLessThan(rounds);
    }
}
