package io.dockrelay.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.LinkTap;
import io.dockrelay.e2e.harness.LinkTap.Alteration;
import io.dockrelay.e2e.harness.WireClient;
import io.dockrelay.relay.RelayVerticle;

import static org.assertj.core.api.Assertions.assertThat;

/** The form in which lines travel from a controller to a relay, each on a bus of its own. */
@OnRealEngine
class BinaryLinkTest {

    private static final Duration FLOOD = Duration.ofSeconds(60);
    private static final int LINES = 20_000;
    private static final List<String> NUMBERS =
            IntStream.rangeClosed(1, LINES).mapToObj(i -> i + " \"é\"").toList();

    private static final Vertx CONTROLLERS = Vertx.vertx();
    private static final ControllerVerticle CONTROLLER = new ControllerVerticle();

    private final Vertx relays = Vertx.vertx();
    private final Vertx between = Vertx.vertx();
    private LinkTap tap;
    private WireClient browser;

    @BeforeAll
    static void open(TestEngine engine) {
        String script = "while [ ! -f /tmp/go ]; do sleep 0.1; done;" + " seq 1 " + LINES
                + " | sed 's/$/ \"é\"/'; while :; do sleep 1; done";
        for (String name : List.of("bytes", "small", "older-relay", "older-controller", "cut")) {
            engine.run(name, script);
        }
        var config = new JsonObject()
                .put("id", "edge-1")
                .put("apiPort", 0)
                .put("wsPort", 0)
                .put("dockerHost", engine.host())
                .put("environment", new JsonObject());
        await(CONTROLLERS.deployVerticle(CONTROLLER, new DeploymentOptions().setConfig(config)));
    }

    @AfterAll
    static void close() {
        await(CONTROLLERS.close());
    }

    @AfterEach
    void closeRelay() {
        if (browser != null) {
            browser.close();
        }
        await(relays.close());
        await(between.close());
    }

    @Test
    void linesTravelAsBytes(TestEngine engine) {
        connect(Alteration.NONE, "auto");
        follow("bytes");

        flood(engine, "bytes");

        assertThat(tap.asked()).as("loopback is not compressed").containsExactly(List.of("binary_logs"));
        assertThat(tap.texts()).isZero();
        assertThat(tap.compressed()).isZero();
        assertThat(tap.plain()).isGreaterThan(1);
        snapshotIsWhole("bytes");
    }

    @Test
    void compressedLinesArriveWhole(TestEngine engine) {
        connect(Alteration.NONE, "on");
        follow("small");

        flood(engine, "small");

        int literals = NUMBERS.stream().mapToInt(text -> text.length() + 34).sum();
        assertThat(tap.texts()).isZero();
        assertThat(tap.compressed()).isGreaterThan(1);
        assertThat(tap.bytes()).isLessThan(literals / 2);
        snapshotIsWhole("small");
    }

    @ParameterizedTest
    @EnumSource(
            value = Alteration.class,
            names = {"RELAY_IS_OLDER", "CONTROLLER_IS_OLDER"})
    void withAnOlderOneLinesAreText(Alteration older, TestEngine engine) {
        String name = older == Alteration.RELAY_IS_OLDER ? "older-relay" : "older-controller";
        connect(older, "on");
        follow(name);

        flood(engine, name);

        assertThat(tap.asked().isEmpty()).isEqualTo(older == Alteration.CONTROLLER_IS_OLDER);
        assertThat(tap.plain() + tap.compressed()).isZero();
        assertThat(tap.texts()).isGreaterThan(1);
        snapshotIsWhole(name);
    }

    /** The position of the last binary message is that from which the text continues, and the other way round. */
    @Test
    void linesContinueWhenTheOtherEndIsReplacedByAnOlderOneAndBack(TestEngine engine) {
        connect(Alteration.NONE, "on");
        follow("cut");
        engine.docker("exec", "cut", "touch", "/tmp/go");
        Await.until("first lines", FLOOD, () -> !browser.texts("cut").isEmpty());
        long binary = tap.plain() + tap.compressed();

        tap.cut(Alteration.CONTROLLER_IS_OLDER);
        Await.until("lines as text", FLOOD, () -> tap.texts() > 0);
        tap.cut(Alteration.NONE);
        Await.until("the second hello", FLOOD, () -> tap.asked().size() == 2);

        assertThat(binary).isPositive();
        awaitAll("cut");
    }

    private void connect(Alteration alteration, String compression) {
        tap = await(LinkTap.open(between, CONTROLLER.wsPort(), alteration));
        var relay = new RelayVerticle();
        var config = new JsonObject()
                .put("port", 0)
                .put("controllerWs", JsonArray.of("ws://127.0.0.1:" + tap.port()))
                .put("controllerApi", JsonArray.of("http://127.0.0.1:" + CONTROLLER.apiPort()))
                .put("linkCompression", compression)
                .put("environment", new JsonObject());
        await(relays.deployVerticle(relay, new DeploymentOptions().setConfig(config)));
        browser = WireClient.connect("ws://127.0.0.1:" + relay.port() + "/ws");
    }

    private void follow(String name) {
        browser.await("the relay lists " + name, message -> lists(message, name));
        browser.subscribe(name, 0);
        browser.awaitType("log_snapshot");
    }

    private static boolean lists(JsonNode message, String name) {
        return message.path("containers").findValuesAsText("name").contains(name);
    }

    private void flood(TestEngine engine, String name) {
        engine.docker("exec", name, "touch", "/tmp/go");
        awaitAll(name);
    }

    private void awaitAll(String name) {
        Await.until("the last line", FLOOD, () -> browser.texts(name).contains(NUMBERS.getLast()));
        assertThat(browser.texts(name)).isEqualTo(NUMBERS);
        assertThat(browser.messages("log_gap")).isEmpty();
    }

    /** A large first message with a part of the log, which ends where the live lines do. */
    private void snapshotIsWhole(String name) {
        int before = browser.mark();
        browser.unsubscribe(name);
        browser.subscribe(name, 5_000);
        JsonNode snapshot = browser.awaitAfter(
                before,
                "the newest lines",
                FLOOD,
                message -> message.path("type").asText().equals("log_snapshot"));
        assertThat(snapshot.path("logs")).hasSize(5_000);
        assertThat(snapshot.path("logs").get(4_999).asText()).endsWith(" " + NUMBERS.getLast());
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
