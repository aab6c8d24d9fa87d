package io.dockrelay.relay.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
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
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.fleet.Containers;

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
        return part(lines(1_000), false, null);
    }

    private static DownloadPart part(Buffer bytes, boolean ended, String failure) {
        return new DownloadPart(bytes.getBytes(), ended, failure);
    }

    private static Buffer lines(int count) {
        return Buffer.buffer(("2025-11-25T22:52:30.123456789Z " + "x".repeat(100) + "\n").repeat(count));
    }

    @Test
    void boundsAndFormatArePassedOnAndTheFileArrivesUnchanged() throws Exception {
        String file = lines(3) + DownloadFormat.JSON_LINES.end(3, null);
        last.set(part(Buffer.buffer(file), true, null));

        var whole = relay.get(PATH + "?since=2025-11-25T22:00:00Z&until=2025-11-25T23:00:00%2B00:00&format=jsonl");

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(file);
        assertThat(whole.header("Content-Disposition")).matches("attachment; filename=\"web_\\d{8}T\\d{6}Z\\.jsonl\"");
        assertThat(whole.header("Content-Type")).isEqualTo("application/x-ndjson; charset=utf-8");
        assertThat(opened.getFirst().since()).isEqualTo("2025-11-25T22:00:00.000000000Z");
        assertThat(opened.getFirst().until()).isEqualTo("2025-11-25T23:00:00.000000000Z");
        assertThat(opened.getFirst().format()).isEqualTo(DownloadFormat.JSON_LINES);
    }

    @Test
    void fileThatIsNotCompleteSaysSoAndEndsWithAConnectionError() {
        last.set(part(lines(3).appendString("beg"), true, "the engine has gone"));
        assertThat(brokenOff()).contains("x\nbeg\n# incomplete after 3 lines: the engine has gone\n");

        last.set(part(lines(3), true, null));
        assertThat(brokenOff()).contains("# incomplete after 3 lines: the controller ended the log early\n");

        // A controller of an earlier version ends such an answer without an error.
        last.set(part(lines(3).appendString("# incomplete after 3 lines: it broke\n"), true, null));
        assertThat(brokenOff()).contains("it broke").doesNotContain("ended the log early");

        String reported = "# incomplete after 3 lines: its engine has gone\n";
        last.set(part(lines(3).appendString(reported), true, "the connection was lost"));
        assertThat(brokenOff()).contains(reported).doesNotContain("the connection was lost");
    }

    /** All bytes of an answer that ends with a connection error. */
    private String brokenOff() {
        NetClient client = relay.vertx.createNetClient();
        NetSocket socket = Soon.get(client.connect(relay.port(), "127.0.0.1"));
        Buffer received = Buffer.buffer();
        Promise<Void> closing = Promise.promise();
        socket.handler(received::appendBuffer);
        socket.endHandler(closing::complete);
        Soon.done(socket.write("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Soon.done(closing.future());
        Soon.done(client.close());
        String answer = received.toString();
        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("\r\n0\r\n\r\n");
        // Without the sizes of the chunks.
        return answer.replaceAll("\r\n[0-9a-f]+\r\n", "");
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
