package io.dockrelay.relay.browser;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.BatchTaken.Verdict;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;

import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A hundred browsers that stop reading, over real sockets, while another one reads a flood. */
class StalledBrowsersTest {

    private static final int BROWSERS = 100;

    /** Of 54 KB each: 22 MB for one browser, 2 GB if they were queued for each. */
    private static final int BATCHES = 400;

    private static final int LARGEST = 8 * 1024 * 1024;
    private static final long BOUND = 64L * 1024 * 1024;

    private final RunningRelay relay = new RunningRelay();
    private final Bus bus = Bus.of(relay.vertx);
    private final WebSocketClient client = relay.vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));

    /** Received by some browser: a sub with a type, or a text. */
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    private final List<Stalled> stalled = new ArrayList<>();
    private volatile String tail;

    @BeforeEach
    void serve() {
        var controller = new BusController(relay.vertx, "a", running("web"));
        relay.vertx.setPeriodic(Addresses.ANNOUNCE_EVERY.toMillis(), later -> controller.announce());
        Soon.done(bus.answer(Addresses.openTail("a"), request -> {
                    tail = request.subscription();
                    return Future.succeededFuture(new TailOpened("web"));
                })
                .ready());
        Soon.done(bus.answer(Addresses.closeTail("a"), request -> Future.succeededFuture(new Acknowledged()))
                .ready());
    }

    @AfterEach
    void close() throws IOException {
        for (Stalled browser : stalled) {
            browser.close();
        }
        Soon.done(client.close());
        relay.close();
    }

    @Test
    void stalledBrowsersKeepTheHeapBoundedAndDelayNoOther() throws IOException {
        WebSocket quick = browser("quick");
        await().until(() -> tail != null);
        hand(0, LineBlock.EMPTY);
        await().until(() -> heard.contains("quick log_snapshot"));
        for (int i = 0; i < BROWSERS; i++) {
            var browser = new Stalled(relay.port(), "stalled-" + i);
            stalled.add(browser);
            browser.readTo("log_snapshot");
        }
        long before = heap();

        for (int batch = 1; batch <= BATCHES; batch++) {
            hand(batch, lines(batch));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains("quick batch " + BATCHES));
        long grown = heap() - before;
        System.out.println(BROWSERS + " browsers that stopped reading took " + grown / 1024 + " KiB of heap");
        assertThat(grown).isLessThan(BOUND);
        assertThat(heard).noneMatch(it -> it.startsWith("quick log_gap"));

        stalled.getFirst().readTo("\"slow_client\"");
        stalled.getFirst().readTo(" batch " + BATCHES + ".");
        assertThat(quick.isClosed()).isFalse();
    }

    private WebSocket browser(String sub) {
        WebSocket socket = Soon.get(client.connect(relay.port(), "127.0.0.1", "/ws"));
        assertThat(socket.textMessageHandler(text -> received(sub, text))).isNotNull();
        Soon.done(socket.writeTextMessage(subscription(sub)));
        return socket;
    }

    private static String subscription(String sub) {
        return "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":0,\"wait\":true,\"sub\":\"" + sub + "\"}";
    }

    private void received(String sub, String text) {
        for (String type : List.of("log_snapshot", "log_gap")) {
            if (text.startsWith("{\"type\":\"" + type)) {
                heard.add(sub + " " + type);
            }
        }
        int last = text.lastIndexOf(" batch ");
        if (last >= 0) {
            heard.add(sub + text.substring(last, text.indexOf('.', last)));
        }
    }

    /** Like a tail: one batch at a time, and again when its receiver waits. */
    private void hand(long sequence, LineBlock lines) {
        String cursor = sequence == 0 ? null : "c" + sequence;
        var batch = LogBatch.of(sequence, "web", List.of(), new LogSlice(lines, cursor, cursor));
        Verdict verdict = Soon.get(bus.ask(Addresses.lines(tail), batch)).verdict();
        assertThat(verdict).isEqualTo(Verdict.CONTINUE);
    }

    private static LineBlock lines(int batch) {
        var builder = new LineBlockBuilder();
        byte[] line = ("2025-11-25T22:52:30.123456789Z batch " + batch + "." + "x".repeat(180))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 250; i++) {
            builder.line('o', line, 0, line.length);
        }
        return builder.take();
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A browser that reads only on request and keeps nothing: the relay holds what is unread. */
    private static final class Stalled {

        private final Socket socket = new Socket();

        Stalled(int port, String sub) throws IOException {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(30_000);
            String handshake = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            readTo("\r\n\r\n");
            byte[] text = subscription(sub).getBytes(StandardCharsets.US_ASCII);
            // One text frame, its mask all zeros.
            byte[] head = {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0};
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(text);
        }

        /** Reads until this text has arrived; frames contain it unchanged. */
        void readTo(String text) throws IOException {
            byte[] bytes = new byte[64 * 1024];
            String end = "";
            while (!end.contains(text)) {
                int count = socket.getInputStream().read(bytes);
                if (count < 0) {
                    throw new AssertionError("it was closed before " + text);
                }
                String kept = end.substring(Math.max(0, end.length() - text.length()));
                end = kept + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            }
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
