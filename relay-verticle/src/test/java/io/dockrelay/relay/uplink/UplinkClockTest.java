package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** What browsers get to know of the link to a remote controller: round trip and clock. */
class UplinkClockTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeController remote = new FakeController(vertx);
    private RunningRelay relay;

    @BeforeEach
    void open() throws Exception {
        remote.start();
    }

    @AfterEach
    void close() throws Exception {
        if (relay != null) {
            relay.close();
        }
        UplinkFixture.done(vertx.close());
    }

    @Test
    void clockThatIsFiveSecondsAheadIsMeasuredOverASlowLink() {
        remote.more = List.of("clock");
        remote.clockAhead = Duration.ofSeconds(5);
        remote.pingTakes = Duration.ofMillis(120);
        JsonNode link = measured(page());

        assertThat(link.path("kind").asText()).isEqualTo("uplink");
        assertThat(link.path("roundTripMillis").asDouble()).isGreaterThanOrEqualTo(119);
        double error = link.path("clockErrorMillis").asDouble();
        assertThat(error).isGreaterThanOrEqualTo(59);
        // The delay was all on one way, which is the worst case.
        assertThat(link.path("clockOffsetMillis").asDouble()).isCloseTo(5_000, within(error + 1));
    }

    @Test
    void slowClockHasANegativeOffset() {
        remote.more = List.of("clock");
        remote.clockAhead = Duration.ofSeconds(-90);
        JsonNode link = measured(page());

        assertThat(link.path("clockOffsetMillis").asDouble())
                .isCloseTo(-90_000, within(link.path("clockErrorMillis").asDouble() + 1));
    }

    @Test
    void newPageHasTheMeasurementInItsFirstList() {
        remote.more = List.of("clock");
        assertThat(measured(page())).isNotNull();

        Page page = page();
        await().until(() -> !links(page, "container_update").isEmpty());
        assertThat(links(page, "container_update").getFirst().has("clockOffsetMillis"))
                .isTrue();
    }

    @Test
    void controllerWithoutTheFeatureIsNotAsked() {
        Page page = page();

        await().until(() -> all(page).stream().anyMatch(UplinkClockTest::isOverUplink));
        await().during(Duration.ofMillis(1_500))
                .until(() -> remote.received("ping").isEmpty());
        assertThat(all(page)).noneMatch(link -> link.has("roundTripMillis"));
    }

    @Test
    void controllerInTheSameProcessHasTheSameClock() {
        try (var alone = new RunningRelay();
                var here = new BusController(alone.vertx, "here")) {
            here.announce();
            Page page = alone.page();

            await().until(() -> !all(page).isEmpty());
            JsonNode link = all(page).getLast();
            assertThat(link.path("kind").asText()).isEqualTo("local");
            assertThat(link.path("roundTripMillis").asDouble(-1)).isZero();
            assertThat(link.path("clockOffsetMillis").asDouble(-1)).isZero();
            assertThat(link.path("clockErrorMillis").asDouble(-1)).isZero();
        }
    }

    private Page page() {
        if (relay == null) {
            relay = new RunningRelay(new JsonObject()
                    .put("controllerWs", JsonArray.of(remote.target().ws().toString()))
                    .put("controllerApi", JsonArray.of(remote.target().api().toString())));
        }
        return relay.page();
    }

    private static JsonNode measured(Page page) {
        await().until(() -> all(page).stream().anyMatch(link -> link.has("clockOffsetMillis")));
        return all(page).stream()
                .filter(link -> link.has("clockOffsetMillis"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> all(Page page) {
        List<JsonNode> links = new ArrayList<>(links(page, "container_update"));
        links.addAll(links(page, "controller_status"));
        return links;
    }

    private static List<JsonNode> links(Page page, String type) {
        return page.received(type).stream()
                .flatMap(message -> type.equals("controller_status")
                        ? Stream.of(message)
                        : StreamSupport.stream(message.path("controllers").spliterator(), false))
                .map(controller -> controller.path("link"))
                .filter(link -> !link.isMissingNode())
                .toList();
    }

    private static boolean isOverUplink(JsonNode link) {
        return link.path("kind").asText().equals("uplink");
    }
}
