package io.dockrelay.controller.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.CuttingProxy;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A proxy in front of the engine allows a part of the API only, as people protect the engine's socket. */
@OnRealEngine
class RefusedRequestsTest {

    private static final String WHY = "Status 403 with a page (\"403 Forbidden\") instead of an answer";

    private final TestEngine real;
    private final CuttingProxy proxy;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();

    RefusedRequestsTest(TestEngine real) {
        this.real = real;
        this.proxy = new CuttingProxy(real.socket());
    }

    @BeforeEach
    void run() {
        real.removeContainers();
        real.run("web", "sleep 1000");
        real.run("db", "sleep 1000");
    }

    private void deploy() {
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(proxy.host()))));
    }

    @AfterEach
    void close() {
        await(vertx.close());
        proxy.close();
        real.removeContainers();
    }

    @Test
    void watcherOfLoadGetsTheReasonAndTheEngineIsAskedSeldom() {
        proxy.refuse("/stats");
        deploy();
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");

            JsonNode refused = client.await("stats");
            assertThat(refused.path("items")).isEmpty();
            assertThat(refused.at("/hosts/0/refusal").asText()).startsWith(WHY);
            await().until(() -> refusals() >= 4);
            long began = System.nanoTime();
            long before = refusals();
            await().until(() -> refusals() > before);
            assertThat((System.nanoTime() - began) / 1_000_000)
                    .as("one container, and later than the interval")
                    .isGreaterThan(1_500);

            proxy.refuseNothing();
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"web\",\"db\"],\"interval_ms\":1000}");
            JsonNode again = client.await(message -> message.path("items").size() == 2);
            assertThat(again.at("/hosts/0").has("refusal")).isFalse();
        }
    }

    /** Without that of the controller's own question, after its start, for a container that does not exist. */
    private long refusals() {
        return proxy.refusals().stream()
                .filter(line -> !line.matches(".*/containers/[0-9]{64}/.*"))
                .count();
    }

    @Test
    void refusedEventsAreSaidAndScansGoOn() {
        proxy.refuse("/events");
        deploy();
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            JsonNode limited = client.await("engine_status");
            assertThat(limited.path("available").asBoolean()).isTrue();
            assertThat(limited.path("message").asText())
                    .startsWith("The engine refuses its events (" + WHY)
                    .endsWith("so changes are found by regular scans only");

            real.docker("rm", "--force", "db");
            client.await(
                    message -> message.at("/changes/0/currentStatus").asText().equals("removed"));

            proxy.refuseNothing();
            client.await(message -> message.path("type").asText().equals("engine_status")
                    && message.path("message").isNull());
        }
    }

    @Test
    void refusedActionHasASentence() {
        proxy.refuse("^POST ");
        deploy();
        var http = new Http(vertx, controller.apiPort());
        for (String path : new String[] {"/container/web/stop?wait=10", "/container/web/restart?wait=10"}) {
            Http.Answer answer = http.post(path);
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.json().path("error").asText()).startsWith(WHY).doesNotContain("<");
        }
    }
}
