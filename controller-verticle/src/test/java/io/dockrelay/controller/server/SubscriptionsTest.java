package io.dockrelay.controller.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.BusRecorder;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.with;

/** Logs of a real engine's containers, as WebSocket clients follow them. */
@OnRealEngine
class SubscriptionsTest {

    private static final String COUNTER = "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done";
    private static final String FINISHED = "seq 1 150; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done";

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();

    SubscriptionsTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void open() {
        real.removeContainers();
        await(vertx.deployVerticle(
                controller,
                new DeploymentOptions()
                        .setConfig(
                                Settings.json(real).put("maxSubscriptions", 5).put("maxSubscriptionsPerClient", 7))));
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.removeContainers();
    }

    private WireClient connect() {
        WireClient client = WireClient.connect(vertx, controller.wsPort());
        client.await("initial_state");
        return client;
    }

    private static String subscribe(String container, String more) {
        return "{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\"" + more + "}";
    }

    private static String unsubscribe(String container, String more) {
        return "{\"type\":\"unsubscribe_logs\",\"container\":\"" + container + "\"" + more + "}";
    }

    private static List<String> texts(JsonNode message) {
        List<String> texts = new ArrayList<>();
        message.get("logs").forEach(line -> texts.add(line.asText().substring(31)));
        return texts;
    }

    private static List<String> live(WireClient client) {
        return client.messages("new_logs").stream()
                .flatMap(message -> texts(message).stream())
                .toList();
    }

    private void awaitOutput(String container) {
        with().await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> real.docker("logs", container).contains("150"));
    }

    @Test
    void subscriptionWithoutLinesGetsAHundred() {
        real.run("web", FINISHED);
        awaitOutput("web");
        try (WireClient client = connect()) {
            client.send(subscribe("web", ""));
            JsonNode snapshot = client.await("log_snapshot");
            assertThat(texts(snapshot)).hasSize(100).startsWith("51").endsWith("150");
            assertThat(snapshot.get("lastLogTimestamp").asText())
                    .isEqualTo(snapshot.get("logs").get(99).asText().substring(0, 30));
            assertThat(snapshot.get("more_before").asBoolean()).isTrue();
            assertThat(snapshot.has("sub")).isFalse();
        }
        try (WireClient client = connect()) {
            client.send(subscribe("web", ",\"lines\":0,\"sub\":\"mine\""));
            JsonNode snapshot = client.await("log_snapshot");
            assertThat(texts(snapshot)).isEmpty();
            assertThat(snapshot.get("sub").asText()).isEqualTo("mine");
            assertThat(snapshot.get("lastLogTimestamp").asText()).matches(".*\\.\\d{9}Z");
        }
    }

    @Test
    void nameFullNameAndIdAreOneSubscription() {
        String id = real.run(
                        "p-web-1",
                        java.util.Map.of("com.docker.compose.project", "p", "com.docker.compose.service", "web"),
                        COUNTER)
                .substring(0, 12);
        try (WireClient client = connect()) {
            int round = 0;
            for (String asked : List.of("web", "p-web-1", id, "web")) {
                client.send(subscribe(asked, ",\"lines\":1"));
                int wanted = ++round;
                with().await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> client.messages("log_snapshot").size() == wanted);
            }
            int lines = live(client).size();
            with().await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> live(client).size() > lines + 10);
            assertThat(live(client)).doesNotHaveDuplicates();
            assertThat(client.messages("new_logs"))
                    .allSatisfy(message ->
                            assertThat(message.get("container").asText()).isEqualTo("web"));
            client.send(unsubscribe("p-web-1", ""));
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            int settled = client.messages("new_logs").size();
            with().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(3))
                    .await()
                    .until(() -> client.messages("new_logs").size() <= settled + 1);
        }
    }

    @Test
    void subscriptionsOfOneContainerWithDifferentSubsAreIndependent() {
        real.run("web", COUNTER);
        try (WireClient client = connect()) {
            client.send(subscribe("web", ",\"lines\":1,\"sub\":\"a\""));
            client.send(subscribe("web", ",\"lines\":1,\"sub\":\"b\""));
            client.await(message -> message.path("sub").asText().equals("a")
                    && WireClient.ofType("new_logs").test(message));
            client.await(message -> message.path("sub").asText().equals("b")
                    && WireClient.ofType("new_logs").test(message));
            client.send(unsubscribe("web", ",\"sub\":\"a\""));
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            int mark = client.messages().size();
            with().await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> client.messages().size() > mark + 5);
            assertThat(client.messages().subList(mark + 1, client.messages().size()))
                    .allSatisfy(
                            message -> assertThat(message.path("sub").asText()).isEqualTo("b"));
        }
    }

    @Test
    void unknownContainerGetsAnErrorAndNoSubscription() {
        try (WireClient client = connect()) {
            client.send(subscribe("nobody", ",\"sub\":\"x\""));
            JsonNode error = client.await("error");
            assertThat(error.get("code").asText()).isEqualTo("no_such_container");
            assertThat(error.get("container").asText()).isEqualTo("nobody");
            assertThat(error.get("request").asText()).isEqualTo("subscribe_logs");
            assertThat(error.get("sub").asText()).isEqualTo("x");
            client.send(unsubscribe("nobody", ""));
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            assertThat(client.messages("error")).hasSize(1);
        }
    }

    @Test
    void tooManySubscriptionsCloseTheConnection() {
        real.run("web", COUNTER);
        try (WireClient client = connect()) {
            for (int i = 0; i < 6; i++) {
                client.send(subscribe("web", ",\"sub\":\"" + i + "\""));
            }
            assertThat(client.await("error").get("code").asText()).isEqualTo("too_many_subscriptions");
            assertThat(client.awaitClose()).isEqualTo(4001);
        }
        try (WireClient next = connect()) {
            next.send(subscribe("web", ""));
            next.await("new_logs");
        }
    }

    @Test
    void logIsReplacedAlsoWhenItsAddressHasItsMost() {
        real.run("web", FINISHED);
        try (WireClient first = connect();
                WireClient second = connect()) {
            for (int i = 0; i < 5; i++) {
                first.send(subscribe("web", ",\"sub\":\"" + i + "\""));
            }
            with().await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> first.messages("log_snapshot").size() == 5);
            for (String sub : List.of("a", "b", "b", "a")) {
                int before = second.messages("log_snapshot").size();
                second.send(subscribe("web", ",\"sub\":\"" + sub + "\""));
                with().await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> second.messages("log_snapshot").size() == before + 1);
            }
            second.send(subscribe("web", ",\"sub\":\"c\""));
            assertThat(second.await("error").get("code").asText()).isEqualTo("too_many_subscriptions");
        }
    }

    @Test
    void subscriptionContinuesAfterRestartAndRecreation() {
        real.run("web", "echo up; trap 'echo down; exit 0' TERM; while :; do sleep 1000 & wait; done");
        try (WireClient client = connect()) {
            client.send(subscribe("web", ""));
            client.await("log_snapshot");
            real.docker("restart", "web");
            with().await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> live(client).containsAll(List.of("down", "up")));
            real.docker("rm", "-f", "web");
            real.run("web", "echo again; sleep 1000");
            with().await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> live(client).contains("again"));
            assertThat(live(client)).doesNotHaveDuplicates();
            assertThat(client.messages("log_state")).isNotEmpty();
        }
    }

    @Test
    void pagesOfTheLogAreServed() {
        real.run("web", FINISHED);
        awaitOutput("web");
        var http = new Http(vertx, controller.apiPort());
        JsonNode page = http.get("/container/web/logs?tail=5").json();
        assertThat(texts(page)).containsExactly("146", "147", "148", "149", "150");
        assertThat(page.get("count").asInt()).isEqualTo(5);
        JsonNode older = http.get("/container/web/logs?limit=3&before="
                        + page.get("first").asText())
                .json();
        assertThat(texts(older)).containsExactly("143", "144", "145");
        assertThat(http.get("/container/web/logs?after=nonsense").status()).isEqualTo(400);
        assertThat(http.get("/container/nobody/logs").status()).isEqualTo(404);
    }

    @Test
    void burstOfSubscriptionsLeavesTheEngineToOthers() {
        real.run("web", COUNTER);
        var recorder = new BusRecorder(vertx);
        try (WireClient client = connect()) {
            for (int i = 0; i < 10_000; i++) {
                client.send(subscribe("web", ",\"lines\":1"));
                client.send(unsubscribe("web", ""));
            }
            client.send(subscribe("web", ",\"lines\":1,\"sub\":\"last\""));
            client.await(message -> message.path("sub").asText().equals("last")
                    && WireClient.ofType("new_logs").test(message));
            assertThat(client.messages("error")).isEmpty();
        }
        assertThat(recorder.engine).isEmpty();
    }

    @Test
    void manySubscriptionsReleaseEverything() {
        real.run("web", COUNTER);
        try (WireClient client = connect()) {
            for (int i = 0; i < 100; i++) {
                client.send(subscribe("web", ",\"lines\":0"));
                client.send(unsubscribe("web", ""));
            }
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            client.send(subscribe("web", ",\"lines\":1"));
            client.await("new_logs");
            assertThat(client.messages("error")).isEmpty();
        }
    }
}
