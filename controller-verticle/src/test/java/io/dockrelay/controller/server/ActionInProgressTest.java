package io.dockrelay.controller.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stop that takes its time is part of the container's state, in every list, until its effect is known. */
class ActionInProgressTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine engine = new ScriptedEngine();
    private final Promise<Void> obeys = Promise.promise();
    private WireClient watching;
    private Http rest;
    private int wsPort;

    @BeforeEach
    void open() {
        engine.resists = true;
        engine.stopTimeout = "45";
        engine.answersWait = obeys.future();
        start();
        await().until(engine::hasListener);
    }

    @AfterEach
    void close() {
        obeys.tryComplete();
        await(vertx.close());
        engine.close();
    }

    @Test
    void everyListSaysThatAStopIsInProgress() {
        stop();

        WireClient late = WireClient.connect(vertx, wsPort);
        assertAction(late.await("initial_state").path("containers").path(0));
        assertAction(rest.get("/containers").json().path("containers").path(0));
        assertAction(rest.get("/container/web/status").json());
        JsonNode change =
                watching.messages("action_change").getFirst().path("changes").path(0);
        assertThat(change.path("reason").asText()).isEqualTo("action");
        assertAction(change.path("container"));
        assertThat(watching.messages("status_change")).isEmpty();
    }

    @Test
    void actionDisappearsWhenItsEffectIsKnown() {
        stop();
        obeys.complete();

        watching.await(message -> message.path("type").asText().equals("action_change")
                && element(message).path("action").isMissingNode());
        JsonNode last = watching.messages().stream()
                .filter(message -> message.has("changes"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(element(last).path("status").asText()).isEqualTo("exited");
        assertThat(element(last).path("end_requested").asBoolean()).isTrue();
        assertThat(rest.get("/container/web/status").json().has("action")).isFalse();
    }

    @Test
    void killEndsTheGraceOfAStop() {
        stop();

        assertThat(rest.post("/container/web/kill?by=ann&wait=10").status()).isEqualTo(200);
        assertThat(engine.actions).containsExactly("/containers/0123456789ab/stop", "/containers/0123456789ab/kill");
        assertThat(rest.get("/container/web/status").json().path("status").asText())
                .isEqualTo("exited");
        watching.await(message -> (message.path("action").asText() + " "
                        + message.path("state").asText() + " "
                        + message.path("by").asText())
                .equals("kill done ann via 127.0.0.1"));
    }

    @Test
    void actionThatWaitsForAnotherOneSaysSo() {
        stop();

        JsonNode answer = rest.post("/container/web/start").json();

        assertThat(answer.path("status").asText()).isEqualTo("starting");
        assertThat(answer.path("message").asText()).isEqualTo("starting web after the stop in progress");
        assertThat(answer.path("waits_for").asText()).isEqualTo("stop");
        watching.await(message -> message.path("action").asText().equals("start")
                && message.path("message").asText().equals("it waits for the stop in progress"));
        assertThat(engine.actions).hasSize(1);
        assertThat(rest.post("/container/web/kill").json().has("waits_for")).isFalse();
        obeys.complete();
        watching.await(message -> message.path("action").asText().equals("start")
                && message.path("state").asText().equals("done"));
    }

    @Test
    void everyListNamesTheActionsThatWait() {
        stop();
        assertThat(rest.post("/container/web/start").status()).isEqualTo(202);
        assertThat(rest.post("/container/web/restart").status()).isEqualTo(202);

        watching.await(message -> isAction(message, "stop", "[\"start\",\"restart\"]"));
        WireClient late = WireClient.connect(vertx, wsPort);
        JsonNode action = late.await("initial_state").path("containers").path(0).path("action");
        assertThat(action.path("action").asText()).isEqualTo("stop");
        assertThat(action.path("waiting")).extracting(JsonNode::asText).containsExactly("start", "restart");
        obeys.complete();
        watching.await(message -> isAction(message, "start", "[\"restart\"]"));
        watching.await(message -> isAction(message, "restart", ""));
        await().until(() -> !rest.get("/container/web/status").json().has("action"));
    }

    @Test
    void killNamesTheActionsThatWaitToo() {
        stop();
        assertThat(rest.post("/container/web/start").status()).isEqualTo(202);
        engine.answersKill = obeys.future();

        assertThat(rest.post("/container/web/kill").status()).isEqualTo(202);

        watching.await(message -> isAction(message, "kill", "[\"start\"]"));
    }

    /** Nothing waits for a kill, although it is the latest action in progress. */
    @Test
    void actionWaitsForTheStopAndNotForItsKill() {
        stop();
        engine.answersKill = obeys.future();
        assertThat(rest.post("/container/web/kill").status()).isEqualTo(202);
        await().until(() -> engine.actions.size() == 2);

        assertThat(rest.post("/container/web/start").json().path("waits_for").asText())
                .isEqualTo("stop");
    }

    @Test
    void actionsThatWaitAreBounded() {
        stop();
        for (int i = 0; i < 8; i++) {
            assertThat(rest.post("/container/web/restart").status()).isEqualTo(202);
        }

        Http.Answer refused = rest.post("/container/web/restart");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error").asText()).contains("8 actions of web wait already");
        assertThat(rest.post("/container/web/kill?wait=10").status()).isEqualTo(200);
    }

    @Test
    void controllerThatStartsAgainHasNoAction() {
        stop();
        await(vertx.undeploy(vertx.deploymentIDs().iterator().next()));

        start();

        assertThat(rest.get("/container/web/status").json().has("action")).isFalse();
    }

    private void start() {
        var controller = new ControllerVerticle();
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(engine.host()))));
        rest = new Http(vertx, controller.apiPort());
        wsPort = controller.wsPort();
        watching = WireClient.connect(vertx, wsPort);
        watching.await("initial_state");
    }

    private void stop() {
        assertThat(rest.post("/container/web/stop?by=ann").status()).isEqualTo(202);
        watching.await("action_change");
    }

    private static boolean isAction(JsonNode message, String name, String waiting) {
        JsonNode action = element(message).path("action");
        return action.path("action").asText().equals(name)
                && action.path("waiting").toString().equals(waiting);
    }

    private static JsonNode element(JsonNode message) {
        return message.path("changes").path(0).path("container");
    }

    private static void assertAction(JsonNode container) {
        assertThat(container.path("status").asText()).isEqualTo("running");
        JsonNode action = container.path("action");
        assertThat(action.path("action").asText()).isEqualTo("stop");
        assertThat(action.path("by").asText()).isEqualTo("ann via 127.0.0.1");
        assertThat(action.path("since").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(action.path("grace").asInt()).isEqualTo(45);
    }
}
