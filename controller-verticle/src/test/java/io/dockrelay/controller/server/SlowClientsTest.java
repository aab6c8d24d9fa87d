package io.dockrelay.controller.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.SettingsLoader;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.with;

/** The server against a scripted controller on the bus, whose tails the test writes. */
class SlowClientsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final List<OpenTail> opened = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private ControllerServer server;

    /** While it is open, no client gets the initial state. */
    private volatile Promise<Void> engineAnswers = succeeded();

    private static Promise<Void> succeeded() {
        Promise<Void> promise = Promise.promise();
        promise.complete();
        return promise;
    }

    @BeforeEach
    void open() {
        String id = Settings.CONTROLLER;
        var engine = new EngineStatus(id, true, Instant.EPOCH, null);
        var snapshot = new ContainersSnapshot(id, 1, Instant.EPOCH, engine, List.of());
        await(bus.answer(
                        Addresses.containers(id),
                        question -> engineAnswers.future().map(snapshot))
                .ready());
        await(bus.answer(Addresses.openTail(id), question -> {
                    opened.add(question);
                    return Future.succeededFuture(new TailOpened(question.container()));
                })
                .ready());
        await(bus.answer(Addresses.closeTail(id), question -> {
                    closed.add(question.subscription());
                    return Future.succeededFuture(new Acknowledged());
                })
                .ready());
        ControllerSettings settings = Settings.of(
                vertx,
                new JsonObject()
                        .put("id", id)
                        .put("apiPort", 0)
                        .put("wsPort", 0)
                        .put(SettingsLoader.ENVIRONMENT, new JsonObject()));
        server = new ControllerServer(settings);
        await(vertx.deployVerticle(server));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private WireClient subscribed(String container) {
        int before = opened.size();
        WireClient client = WireClient.connect(vertx, server.wsPort());
        client.await("initial_state");
        client.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":20000}");
        with().await().until(() -> opened.size() == before + 1);
        return client;
    }

    private Future<BatchTaken> give(String subscription, long sequence, int bytes) {
        return give(subscription, "web", sequence, bytes);
    }

    private Future<BatchTaken> give(String subscription, String container, long sequence, int bytes) {
        var builder = new LineBlockBuilder();
        byte[] line = ("2025-11-25T22:52:30.123456789Z " + "x".repeat(Math.max(1, bytes))).getBytes(UTF_8);
        if (bytes > 0) {
            builder.line('o', line, 0, line.length);
        }
        return bus.ask(
                Addresses.lines(subscription),
                LogBatch.of(sequence, container, List.of(), new LogSlice(builder.take(), null, null)));
    }

    @Test
    void linesAreCapped() {
        try (WireClient client = subscribed("web")) {
            assertThat(opened.getFirst().from()).isEqualTo(new TailFrom.Lines(10_000));
            assertThat(client.messages("error")).isEmpty();
        }
    }

    @Test
    void slowClientDelaysOnlyItsOwnTail() {
        try (WireClient slow = subscribed("web");
                WireClient quick = subscribed("web")) {
            String slowTail = opened.get(0).subscription();
            String quickTail = opened.get(1).subscription();
            slow.pause();
            long sequence = 0;
            Future<BatchTaken> taken = give(slowTail, sequence++, 1_000_000);
            while (await(taken).equals(BatchTaken.CONTINUE) && sequence < 100) {
                taken = give(slowTail, sequence++, 1_000_000);
            }
            assertThat(await(taken)).isEqualTo(BatchTaken.WAIT);
            assertThat(sequence).isLessThan(40);
            long given = sequence;
            assertThat(await(give(quickTail, 0, 1000))).isEqualTo(BatchTaken.CONTINUE);
            quick.await("log_snapshot");

            Future<BatchTaken> asking = give(slowTail, given, 0);
            slow.resume();
            assertThat(await(asking)).isEqualTo(BatchTaken.CONTINUE);
            with().await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> slow.messages("log_snapshot").size()
                                    + slow.messages("new_logs").size()
                            == given);
        }
    }

    @Test
    void clientGetsNoMoreThanItsCreditWhileItsOtherLogsContinue() {
        try (WireClient client = subscribed("slow")) {
            String slow = opened.getFirst().subscription();
            client.send("{\"type\":\"log_credit\",\"container\":\"slow\",\"bytes\":10000}");
            client.send("{\"type\":\"subscribe_logs\",\"container\":\"other\"}");
            with().await().until(() -> opened.size() == 2);
            String other = opened.get(1).subscription();
            long sequence = 0;
            Future<BatchTaken> taken = give(slow, "slow", sequence++, 3000);
            while (sequence < 3) {
                assertThat(await(taken)).isEqualTo(BatchTaken.CONTINUE);
                taken = give(slow, "slow", sequence++, 3000);
            }
            assertThat(await(taken)).isEqualTo(BatchTaken.CONTINUE);
            Future<BatchTaken> held = give(slow, "slow", sequence++, 3000);
            for (int i = 0; i < 20; i++) {
                assertThat(await(give(other, "other", i, 3000))).isEqualTo(BatchTaken.CONTINUE);
            }
            with().await().until(() -> logs(client, "other").size() == 20);
            assertThat(held.isComplete()).isFalse();
            assertThat(logs(client, "slow")).hasSize(3);

            client.send("{\"type\":\"log_credit\",\"container\":\"slow\",\"bytes\":10000}");

            assertThat(await(held)).isEqualTo(BatchTaken.CONTINUE);
            with().await().until(() -> logs(client, "slow").size() == 4);
        }
    }

    @Test
    void messageLongerThanTheCreditIsSentWhenNothingIsOutstanding() {
        try (WireClient client = subscribed("web")) {
            String tail = opened.getFirst().subscription();
            client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"bytes\":1000}");
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            Future<BatchTaken> first = give(tail, 0, 5000);
            with().await().until(() -> logs(client, "web").size() == 1);
            assertThat(first.isComplete()).isFalse();
            client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"bytes\":6000}");
            assertThat(await(first)).isEqualTo(BatchTaken.CONTINUE);
        }
    }

    @Test
    void creditForALogThatIsNotSubscribedIsIgnored() {
        try (WireClient client = subscribed("web")) {
            client.send("{\"type\":\"log_credit\",\"container\":\"nobody\",\"bytes\":1}");
            client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"nobody\",\"bytes\":1}");
            for (int i = 0; i < 5; i++) {
                assertThat(await(give(opened.getFirst().subscription(), i, 3000)))
                        .isEqualTo(BatchTaken.CONTINUE);
            }
            assertThat(client.messages("error")).isEmpty();
        }
    }

    private static List<JsonNode> logs(WireClient client, String container) {
        return Stream.of("log_snapshot", "new_logs")
                .flatMap(type -> client.messages(type).stream())
                .filter(message -> message.path("container").textValue().equals(container))
                .toList();
    }

    @Test
    void closingTheSocketClosesItsTails() {
        WireClient client = subscribed("web");
        String tail = opened.getFirst().subscription();
        client.close();
        with().await().until(() -> closed.contains(tail));
        // Until the bus has removed the receiver, it answers CLOSE; both end the tail.
        with().await().until(() -> failure(give(tail, 0, 10)) instanceof Refusal);
    }

    @Test
    void clientThatLeavesBeforeTheInitialStateOpensNoTail() {
        engineAnswers = Promise.promise();
        WireClient hasty = WireClient.connect(vertx, server.wsPort());
        with().await().until(() -> server.clientCount() == 1);
        hasty.send("{\"type\":\"subscribe_logs\",\"container\":\"left\"}");
        hasty.close();
        with().await().until(() -> server.clientCount() == 0);

        engineAnswers.complete();

        try (WireClient client = subscribed("web")) {
            assertThat(client.isClosed()).isFalse();
            assertThat(opened).extracting(OpenTail::container).containsExactly("web");
        }
    }

    @Test
    void subscribingAgainEndsTheOneBefore() {
        try (WireClient client = subscribed("web")) {
            client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\"}");
            with().await().until(() -> opened.size() == 2);
            with().await().until(() -> closed.contains(opened.getFirst().subscription()));
            assertThat(await(give(opened.get(1).subscription(), 0, 10))).isEqualTo(BatchTaken.CONTINUE);
            client.await("log_snapshot");
        }
    }
}
