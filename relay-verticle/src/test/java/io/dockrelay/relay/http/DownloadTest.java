package io.dockrelay.relay.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.fleet.Containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Downloads of a log from a scripted controller on the bus; the log is endless unless a test ends it. */
class DownloadTest {

    private static final String PATH = "/api/container/web/logs/download";

    private final RunningRelay relay = new RunningRelay();
    private final Bus bus = Bus.of(relay.vertx);
    private final List<OpenDownload> opened = new CopyOnWriteArrayList<>();
    private final List<CloseDownload> closed = new CopyOnWriteArrayList<>();
    private final AtomicInteger pulls = new AtomicInteger();

    /** The answer to the next pulls; null for more lines. */
    private final AtomicReference<DownloadPart> last = new AtomicReference<>();

    private final AtomicReference<Refusal> refusal = new AtomicReference<>();

    @BeforeEach
    void controller() throws Exception {
        Soon.done(bus.answer(Addresses.openDownload("east"), request -> {
                    opened.add(request);
                    return refusal.get() == null
                            ? Future.succeededFuture(new DownloadOpened("web"))
                            : Future.failedFuture(refusal.get());
                })
                .ready());
        Soon.done(bus.answer(Addresses.pullDownload("east"), request -> {
                    pulls.incrementAndGet();
                    return Future.succeededFuture(last.get() == null ? more() : last.get());
                })
                .ready());
        Soon.done(bus.answer(Addresses.closeDownload("east"), request -> {
                    closed.add(request);
                    return Future.succeededFuture(new Acknowledged());
                })
                .ready());
        assertThat(new BusController(relay.vertx, "east", Containers.running("web")))
                .isNotNull();
        Awaitility.await().until(() -> relay.get("/api/data").body().contains("\"web\""));
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private static DownloadPart more() {
        return new DownloadPart(lines(1_000), false, null);
    }

    private static LineBlock lines(int count) {
        var builder = new LineBlockBuilder();
        byte[] line = ("2025-11-25T22:52:30.123456789Z " + "x".repeat(100)).getBytes(UTF_8);
        for (int i = 0; i < count; i++) {
            builder.line('o', line, 0, line.length);
        }
        return builder.take();
    }

    @Test
    void boundsArePassedOnAndTheLastLineSaysWhetherTheLogIsComplete() throws Exception {
        last.set(new DownloadPart(lines(3), true, null));

        var whole = relay.get(PATH + "?since=2025-11-25T22:00:00Z&until=2025-11-25T23:00:00%2B00:00&format=jsonl");

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).endsWith("{\"complete\":true,\"lines\":3}\n");
        assertThat(whole.header("Content-Disposition")).matches("attachment; filename=\"web_\\d{8}T\\d{6}Z\\.jsonl\"");
        assertThat(whole.header("Content-Type")).isEqualTo("application/x-ndjson; charset=utf-8");
        assertThat(opened.getFirst().since()).isEqualTo("2025-11-25T22:00:00.000000000Z");
        assertThat(opened.getFirst().until()).isEqualTo("2025-11-25T23:00:00.000000000Z");

        last.set(new DownloadPart(lines(3), true, "the engine has gone"));
        assertThat(relay.get(PATH).body()).endsWith("# incomplete after 3 lines: the engine has gone\n");
    }

    @Test
    void refusedDownloadHasTheStatusOfItsRefusal() throws Exception {
        refusal.set(new Refusal(RefusalKind.UNREADABLE, "this log cannot be read"));
        assertThat(relay.get(PATH).status()).isEqualTo(501);
        assertThat(relay.get(PATH).json().get("error").asText()).isEqualTo("this log cannot be read");
        refusal.set(new Refusal(RefusalKind.ENGINE_UNAVAILABLE, "the engine is away"));
        assertThat(relay.send("HEAD", PATH).status()).isEqualTo(503);
        int asked = opened.size();

        assertThat(relay.get("/api/container/missing/logs/download").status()).isEqualTo(404);
        assertThat(relay.get(PATH + "?format=csv").status()).isEqualTo(400);
        assertThat(relay.get(PATH + "?since=yesterday").status()).isEqualTo(400);
        assertThat(relay.post(PATH).status()).isEqualTo(405);
        assertThat(opened).hasSize(asked);
    }

    @Test
    void headRequestOpensAndClosesTheDownload() throws Exception {
        var head = relay.send("HEAD", PATH);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Disposition")).startsWith("attachment");
        assertThat(pulls).hasValue(0);
        Awaitility.await().until(() -> closed.size() == 1);
        assertThat(closed.getFirst().download()).isEqualTo(opened.getFirst().download());
    }

    @Test
    void slowClientPausesTheDownloadAndADisconnectClosesIt() {
        NetClient client = relay.vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(64 * 1024));
        NetSocket socket = Soon.get(client.connect(relay.port(), "127.0.0.1"));
        socket.pause();
        Soon.done(socket.write("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        // Parts of 130 KB: the sockets' buffers hold a few; after that nothing more is pulled.
        var before = new AtomicInteger(-1);
        Awaitility.await("no more pulls")
                .pollInterval(java.time.Duration.ofMillis(300))
                .until(() -> pulls.get() > 0 && before.getAndSet(pulls.get()) == pulls.get());
        assertThat(pulls.get()).isLessThan(200);
        socket.resume();
        int held = pulls.get();
        Awaitility.await("the download continues").until(() -> pulls.get() > held + 10);

        Soon.done(socket.close());
        Awaitility.await("the download is closed").until(() -> closed.size() == 1);
        Soon.done(client.close());
    }
}
