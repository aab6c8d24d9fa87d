package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;

import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients of a relay that has just started: what is not known yet may exist. */
class FirstSecondTest {

    private static final String MISSING = "/api/container/nonesuch/logs";

    private final Vertx vertx = Vertx.vertx();
    private final FakeController early = new FakeController(vertx);
    private final FakeController late = new FakeController(vertx);
    private RunningRelay relay;

    /** Both have ports; only the first one listens. */
    @BeforeEach
    void ports() throws Exception {
        early.id = "early";
        late.id = "late";
        early.start();
        late.start();
        late.stop();
    }

    @AfterEach
    void close() throws Exception {
        if (relay != null) {
            relay.close();
        }
        UplinkFixture.done(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subscriptionWaitsForTheControllerThatHasTheContainer(boolean v1) throws Exception {
        late.v1 = v1;
        relay(late);
        Page page = relay.page("/");
        page.subscribe("web");
        JsonNode state = page.awaitType("log_state");
        assertThat(state.path("state").asText()).isEqualTo("waiting");
        page.settle("waiting");
        assertThat(page.received("error")).isEmpty();
        assertThat(page.received("log_snapshot")).isEmpty();

        late.start();

        assertThat(page.awaitType("log_snapshot").path("container").asText()).isEqualTo("web");
        late.log(1);
        assertThat(page.awaitType("new_logs").path("logs")).hasSize(1);
        assertThat(page.received("error")).isEmpty();
        assertThat(page.received("log_snapshot")).as("one, as of version 1").hasSize(1);
    }

    @Test
    void subscriptionForNoContainerIsRefusedWhenTheControllerHasBeenHeardOf() throws Exception {
        relay(late);
        Page page = relay.page();
        page.subscribe("nonesuch");
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"nonesuch\",\"sub\":\"two\"}");
        page.expect("both wait", message -> message.path("sub").asText().equals("two"));
        assertThat(page.received("error")).isEmpty();

        late.start();

        page.expect("a refusal", message -> isMissing(message) && !message.has("sub"));
        page.expect(
                "the other",
                message -> isMissing(message) && message.path("sub").asText().equals("two"));
        page.subscribe("nonesuch");
        page.settle("later");
        assertThat(page.received("error")).hasSize(3);
    }

    @Test
    void subscriptionThatWaitsIsUnsubscribed() throws Exception {
        relay(late);
        Page page = relay.page();
        page.subscribe("web");
        page.subscribe("nonesuch");
        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"web\"}");
        page.settle("over");

        late.start();

        page.expect("the other is refused", FirstSecondTest::isMissing);
        page.settle("done");
        assertThat(page.received("log_snapshot")).isEmpty();
    }

    @Test
    void subscriptionThatWaitsByRequestStaysWaiting() throws Exception {
        relay(late);
        Page page = relay.page();
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"nonesuch\",\"wait\":true}");
        page.subscribe("other");

        late.start();

        page.expect("the other is refused", FirstSecondTest::isMissing);
        page.settle("done");
        assertThat(page.received("error")).hasSize(1);
    }

    @Test
    void restAnswers503UntilTheControllerHasBeenHeardOf() throws Exception {
        relay(late);
        for (String path : List.of("/api/container/web/logs", MISSING, "/api/containers/logs/search?container=web")) {
            assertStarting(relay.get(path));
        }
        assertStarting(relay.get("/api/containers/logs/search?project=shop"));
        assertStarting(relay.post("/api/container/web/restart"));
        assertStarting(relay.send("HEAD", "/api/container/web/logs/download"), false);

        late.start();

        await().until(() -> relay.get("/api/container/web/logs").status() == 200);
        assertMissing(relay.get(MISSING));
        assertMissing(relay.get("/api/containers/logs/search?project=shop"));
        assertMissing(relay.post("/api/container/nonesuch/restart"));
    }

    @Test
    void controllerThatHasBeenHeardOfKnowsItsContainersAndIsNotWaitedForWhenItIsLost() throws Exception {
        relay(early, late);
        await().until(() -> relay.get("/api/container/web/logs").status() == 200);
        assertStarting(relay.get(MISSING));
        assertMissing(relay.get(MISSING + "?controller=early"));
        assertMissing(relay.get("/api/container/early%2Fnonesuch/logs"));
        assertStarting(relay.get(MISSING + "?controller=late"));
        assertStarting(relay.get("/api/container/late%2Fweb/logs"));

        late.start();
        await().until(() -> relay.get(MISSING).status() == 404);
        late.stop();
        early.stop();

        await().until(() -> relay.get("/api/data").body().contains("controller late is away; controller early is away")
                || relay.get("/api/data").body().contains("controller early is away; controller late is away"));
        assertMissing(relay.get(MISSING));
        Page page = relay.page();
        page.subscribe("nonesuch");
        page.expect("a refusal", FirstSecondTest::isMissing);
    }

    /** A controller that refuses the relay, another program, a relay in place of a controller. */
    @ParameterizedTest
    @ValueSource(strings = {"401", "404", "garbage", "relay"})
    void refusalIsHeard(String what) throws Exception {
        int port = switch (what) {
            case "garbage" -> speaking("{\"type\":\"stats\"}");
            case "relay" -> speaking("{\"type\":\"container_update\",\"containers\":[]}");
            default -> refusing(Integer.parseInt(what));
        };
        relay("ws://localhost:" + port);
        await().until(() -> relay.get(MISSING).status() == 404);
        assertThat(relay.get("/api/health").body()).contains("\"message\"");
    }

    /** As from a proxy in front of a controller that is not there yet. */
    @Test
    void answerOfAProxyIsNotHeard() throws Exception {
        relay("ws://localhost:" + refusing(502));
        await().until(() -> relay.get("/api/health").body().contains("502"));
        assertStarting(relay.get(MISSING));
    }

    @Test
    void controllerInTheSameProcessIsWaitedFor() throws Exception {
        relay = new RunningRelay();
        Page page = relay.page();
        page.subscribe("nonesuch");
        assertThat(page.awaitType("log_state").path("state").asText()).isEqualTo("waiting");
        assertStarting(relay.get("/api/container/web/logs"));

        try (var controller = new BusController(relay.vertx, "here", running("web"))) {
            page.expect("a refusal", FirstSecondTest::isMissing);
            assertThat(relay.get("/api/container/web/logs").status()).isEqualTo(200);
            assertMissing(relay.get(MISSING));
            assertThat(controller.reads).hasSize(1);
        }
    }

    /** At most 10 s after the start, whatever has happened. */
    @Test
    void waitEndsAfterTenSeconds() throws Exception {
        long before = System.nanoTime();
        relay(late);
        long started = System.nanoTime();
        Page page = relay.page();
        page.subscribe("web");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> page.received().stream().anyMatch(FirstSecondTest::isMissing));
        long ended = System.nanoTime();
        assertThat(Duration.ofNanos(ended - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Duration.ofNanos(ended - started)).isLessThan(Duration.ofSeconds(14));
        assertMissing(relay.get(MISSING));
    }

    private void relay(FakeController... controllers) {
        relay(List.of(controllers).stream()
                .map(controller -> controller.target().ws().toString())
                .toArray(String[]::new));
    }

    private void relay(String... urls) {
        relay(new JsonObject()
                .put("controllerWs", new JsonArray(List.of(urls)))
                .put(
                        "controllerApi",
                        new JsonArray(List.of(urls).stream()
                                .map(url -> url.replace("ws:", "http:").replaceAll("/$", ""))
                                .toList())));
    }

    private void relay(JsonObject settings) {
        relay = new RunningRelay(settings.put("localController", true));
    }

    /** The port of a server that refuses each handshake. */
    private int refusing(int status) throws Exception {
        return listening(vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().setStatusCode(status).end().onFailure(Throwable::printStackTrace)));
    }

    /** The port of a server with another first message. */
    private int speaking(String first) throws Exception {
        return listening(vertx.createHttpServer()
                .webSocketHandler(socket -> socket.writeTextMessage(first).onFailure(Throwable::printStackTrace)));
    }

    private static int listening(HttpServer server) throws Exception {
        return FakeController.get(server.listen(0, "localhost")).actualPort();
    }

    private static boolean isMissing(JsonNode message) {
        return message.path("code").asText().equals("no_such_container");
    }

    private static void assertStarting(Answer answer) {
        assertStarting(answer, true);
    }

    private static void assertStarting(Answer answer, boolean body) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        if (body) {
            assertThat(answer.json().path("kind").asText()).isEqualTo("starting");
            assertThat(answer.json().path("error").asText()).contains("the relay has just started");
        }
    }

    private static void assertMissing(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.header("Retry-After")).isNull();
    }
}
