package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkStatsTest extends UplinkFixture {

    private static final JsonObject MEASURED = new JsonObject()
            .put("type", "stats")
            .put("at", "2025-11-25T22:53:15.240Z")
            .put(
                    "items",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("controller", "its-own-id")
                                    .put("container", "web")
                                    .put("id", "abc123ef0123")
                                    .put("cpu_cores", 0.25)))
            .put("hosts", new JsonArray().add(new JsonObject().put("cpus", 8)));

    private void watch(String id, List<String> containers, int interval) throws Exception {
        assertThat(FakeController.get(bus.ask(Addresses.watchStats(ID), new WatchStats(id, containers, interval))))
                .isNotNull();
    }

    private JsonObject lastAsked() {
        List<JsonObject> asked = remote.received("subscribe_stats");
        return asked.isEmpty() ? null : asked.getLast();
    }

    @Test
    void watchesAreOneSubscriptionAndSamplesArePublished() throws Exception {
        List<StatsSample> samples = new CopyOnWriteArrayList<>();
        ready(bus.subscribe(Addresses.stats(ID), samples::add));
        connect();

        watch("list", List.of("db"), 5_000);
        watch("detail", List.of("web"), 1_000);
        watch("detail", List.of("web"), 1_000);
        await().until(() -> remote.received("subscribe_stats").size() == 2);
        assertThat(lastAsked().getJsonArray("containers")).containsExactly("db", "web");
        assertThat(lastAsked().getInteger("interval_ms")).isEqualTo(1_000);

        remote.send(MEASURED);
        await().until(() -> !samples.isEmpty());
        assertThat(samples.getFirst().items().getFirst().controller()).isEqualTo(ID);
        assertThat(samples.getFirst().items().getFirst().cpuCores()).isEqualTo(0.25);
        assertThat(samples.getFirst().items().getFirst().memoryBytes()).isNull();
        assertThat(samples.getFirst().host().cpus()).isEqualTo(8);

        watch("list", List.of(), 5_000);
        watch("detail", List.of(), 1_000);
        await().until(() -> lastAsked().getJsonArray("containers").isEmpty());
    }

    @Test
    void newConnectionIsSubscribedAgain() throws Exception {
        connect();
        watch("list", List.of("*"), 5_000);
        await().until(() -> lastAsked() != null);

        remote.stop();
        remote.received.clear();
        remote.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> lastAsked() != null);
        assertThat(lastAsked().getJsonArray("containers")).containsExactly("*");
    }

    @Test
    void controllerWithoutStatsIsNotAsked() throws Exception {
        remote.v1 = true;
        remote.start();
        deployment =
                FakeController.get(vertx.deployVerticle(new Uplink(remote.target(), LIMITS, new RepresentedIds())));
        String id = remote.target().placeholder();
        await().until(() -> connected(id));

        var refusal = refusal(() ->
                FakeController.get(bus.ask(Addresses.watchStats(id), new WatchStats("list", List.of("*"), 5_000))));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
        assertThat(remote.received("subscribe_stats")).isEmpty();
    }
}
