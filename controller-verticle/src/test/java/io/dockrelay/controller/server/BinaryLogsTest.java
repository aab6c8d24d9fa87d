package io.dockrelay.controller.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
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
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.settings.SettingsLoader;

import static io.dockrelay.controller.testing.Waiting.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.with;

/** Clients that take lines in binary messages and clients that do not, at a scripted controller on the bus. */
class BinaryLogsTest {

    private static final String HELLO = "{\"type\":\"hello\",\"features\":[\"binary_logs\",\"unknown\"]}";
    private static final String SUBSCRIBE =
            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"sub\":\"s\",\"lines\":9}";

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final List<OpenTail> opened = new CopyOnWriteArrayList<>();
    private ControllerServer server;

    @BeforeEach
    void open() {
        String id = Settings.CONTROLLER;
        var engine = new EngineStatus(id, true, Instant.EPOCH, null);
        var snapshot = new ContainersSnapshot(id, 1, Instant.EPOCH, engine, List.of());
        await(bus.answer(Addresses.containers(id), question -> Future.succeededFuture(snapshot))
                .ready());
        await(bus.answer(Addresses.openTail(id), question -> {
                    opened.add(question);
                    return Future.succeededFuture(new TailOpened(question.container()));
                })
                .ready());
        await(bus.answer(Addresses.closeTail(id), question -> Future.succeededFuture(new Acknowledged()))
                .ready());
        server = new ControllerServer(Settings.of(
                vertx,
                new JsonObject()
                        .put("id", id)
                        .put("apiPort", 0)
                        .put("wsPort", 0)
                        .put(SettingsLoader.ENVIRONMENT, new JsonObject())));
        await(vertx.deployVerticle(server));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private WireClient subscribed(String... before) {
        int known = opened.size();
        WireClient client = WireClient.connect(vertx, server.wsPort());
        client.await("initial_state");
        for (String message : before) {
            client.send(message);
        }
        client.send(SUBSCRIBE);
        with().await().until(() -> opened.size() == known + 1);
        return client;
    }

    private static LogSlice slice(int from, int to) {
        var builder = new LineBlockBuilder();
        for (int i = from; i < to; i++) {
            byte[] line = ("2025-11-25T22:52:30.123456789Z \"line\" " + i).getBytes(UTF_8);
            builder.line(i % 2 == 0 ? 'o' : 'e', line, 0, line.length);
        }
        return new LogSlice(builder.take(), "c" + from, to == 0 ? null : "c" + (to - 1));
    }

    private Future<BatchTaken> give(long sequence, List<TailMark> marks, LogSlice slice) {
        String subscription = opened.getLast().subscription();
        return bus.ask(Addresses.lines(subscription), LogBatch.of(sequence, "web", marks, slice));
    }

    private static List<TailMark> marks() {
        return List.of(
                new TailMark.State(LogStateKind.RESTARTED, "web", Instant.EPOCH, null),
                new TailMark.Gap(GapReason.ROTATED, "c1", "c5", null));
    }

    private static List<String> types(WireClient client) {
        return client.messages().stream()
                .map(message -> message.path("type").asText() + (message.has("binary") ? " binary" : ""))
                .filter(type -> !type.equals("initial_state"))
                .toList();
    }

    @Test
    void initialStateOffersBinaryLogs() {
        WireClient client = WireClient.connect(vertx, server.wsPort());

        assertThat(client.await("initial_state").get("features").toString()).contains("\"binary_logs\"");
    }

    @Test
    void clientThatAsksGetsLinesInBinaryMessagesAndMarksBetweenThemAsText() {
        WireClient client = subscribed(HELLO);
        await(give(0, List.of(), slice(0, 2)));
        await(give(1, marks(), slice(5, 8)));
        await(give(2, List.of(), slice(8, 9)));
        client.await(message -> message.path("cursor").asText().equals("c8"));

        assertThat(types(client))
                .containsExactly("log_snapshot binary", "log_state", "log_gap", "new_logs binary", "new_logs binary");
        JsonNode lines = client.messages("new_logs").getFirst();
        assertThat(lines.get("container").asText()).isEqualTo("web");
        assertThat(lines.get("sub").asText()).isEqualTo("s");
        assertThat(lines.get("first").asText()).isEqualTo("c5");
        assertThat(lines.get("cursor").asText()).isEqualTo("c7");
        assertThat(lines.get("streams").asText()).isEqualTo("eoe");
        assertThat(lines.get("logs").get(2).asText()).isEqualTo("2025-11-25T22:52:30.123456789Z \"line\" 7");
    }

    /** As a relay that is older than binary messages. */
    @Test
    void clientThatDoesNotAskGetsText() {
        WireClient client = subscribed();
        await(give(0, List.of(), slice(0, 2)));
        await(give(1, marks(), slice(5, 8)));
        client.await("new_logs");

        assertThat(types(client)).containsExactly("log_snapshot", "log_state", "log_gap", "new_logs");
    }

    @Test
    void snapshotWithoutLinesAndPositionIsBinaryToo() {
        WireClient client = subscribed(HELLO);
        await(give(0, List.of(), LogSlice.NONE));
        JsonNode snapshot = client.await("log_snapshot");

        assertThat(snapshot.get("binary").asBoolean()).isTrue();
        assertThat(snapshot.get("logs")).isEmpty();
        assertThat(snapshot.get("cursor").isNull()).isTrue();
    }

    @Test
    void binaryMessagesCountAgainstCredit() {
        WireClient client = subscribed(HELLO);
        client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"s\",\"bytes\":1000}");
        await(give(0, List.of(), slice(0, 1)));
        int size = client.await("log_snapshot").get("bytes").asInt();
        int sent = 1;
        Future<BatchTaken> answer = Future.succeededFuture();
        // A message is sent while more than half of the grant is left, or it fits.
        while (size * (sent + 1) < 1_000) {
            answer = give(sent, List.of(), slice(sent, sent + 1));
            await(answer);
            sent++;
        }
        int expected = sent;
        Future<BatchTaken> held = give(sent, List.of(), slice(sent, sent + 20));
        assertThat(client.messages("new_logs")).hasSizeLessThan(expected);
        client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"s\",\"bytes\":50000}");
        await(held);
        client.await(message -> message.path("cursor").asText().equals("c" + (expected + 19)));
    }

    private static String hello(String... features) {
        return "{\"type\":\"hello\",\"features\":[\"" + String.join("\",\"", features) + "\"]}";
    }

    /** The size of the second of two messages with equal lines, which a client of these features gets. */
    private int sizeOf(int lines, String... features) {
        WireClient client = subscribed(hello(features));
        await(give(0, List.of(), slice(0, 1)));
        await(give(1, List.of(), slice(1, 1 + lines)));
        return client.await("new_logs").get("bytes").asInt();
    }

    @Test
    void linesAreCompressedForAClientThatWantsThatAlways() {
        int plain = sizeOf(200, "binary_logs");

        assertThat(sizeOf(200, "binary_logs", "binary_logs_deflate")).isEqualTo(plain);
        assertThat(sizeOf(200, "binary_logs", "binary_logs_deflate", "binary_logs_deflate_always"))
                .isLessThan(plain / 3);
        assertThat(sizeOf(2, "binary_logs", "binary_logs_deflate", "binary_logs_deflate_always"))
                .as("less than a packet")
                .isEqualTo(sizeOf(2, "binary_logs"));
    }

    @Test
    void linesAreCompressedWhileTheClientIsBehind() {
        int plain = sizeOf(200, "binary_logs");
        WireClient client = subscribed(hello("binary_logs", "binary_logs_deflate"));
        client.send("{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"s\",\"bytes\":" + plain * 10 + "}");
        await(give(0, List.of(), slice(0, 1)));
        // Half of the grant is used up by five, and each counts as if it were not compressed.
        for (int batch = 1; batch <= 8; batch++) {
            await(give(batch, List.of(), slice(batch * 200, batch * 200 + 200)));
        }
        client.await(message -> message.path("cursor").asText().equals("c1799"));

        List<Integer> sizes = client.messages("new_logs").stream()
                .map(message -> message.get("bytes").asInt())
                .toList();
        assertThat(sizes.subList(0, 4)).allMatch(size -> size > plain / 2);
        assertThat(sizes.subList(6, 8)).allMatch(size -> size < plain / 3);
    }

    @Test
    void largeSnapshotIsCompressed() {
        WireClient client = subscribed(hello("binary_logs", "binary_logs_deflate"));
        await(give(0, List.of(), slice(0, 3_000)));

        JsonNode snapshot = client.await("log_snapshot");
        assertThat(snapshot.get("logs")).hasSize(3_000);
        assertThat(snapshot.get("bytes").asInt()).isLessThan(60_000);
    }

    @Test
    void floodComesWholeAndInOrder() {
        long seed = System.nanoTime();
        System.out.println("seed of the batches: " + seed);
        var random = new Random(seed);
        WireClient client = subscribed(HELLO);
        int lines = 0;
        for (int batch = 0; batch < 500; batch++) {
            int to = lines + 1 + random.nextInt(256);
            List<TailMark> marks = random.nextInt(10) == 0 && batch > 0 ? marks() : List.of();
            await(give(batch, marks, slice(lines, to)));
            lines = to;
        }
        String last = "c" + (lines - 1);
        client.await(message -> message.path("cursor").asText().equals(last));

        List<Integer> numbers = new ArrayList<>();
        client.messages()
                .forEach(message -> message.path("logs")
                        .forEach(line -> numbers.add(Integer.parseInt(
                                line.asText().substring(line.asText().lastIndexOf(' ') + 1)))));
        assertThat(numbers)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, lines).boxed().toList());
    }
}
