package io.dockrelay.listener;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(VertxExtension.class)
class OutboundSocketTest {

    private static final int CAPACITY = 256 * 1024;

    @Test
    void messageOfAnySizeArrivesUnchanged(Vertx vertx) throws Exception {
        String large = "é€😀x".repeat(50_000);
        assertThat(received(vertx, "")).isEmpty();
        assertThat(received(vertx, "é")).isEqualTo("é");
        assertThat(received(vertx, "x".repeat(DataFrames.LARGEST))).hasSize(DataFrames.LARGEST);
        assertThat(received(vertx, large)).isEqualTo(large);
    }

    @Test
    void slowClientHoldsAtMostItsCapacity(Vertx vertx) throws Exception {
        try (Pair pair = Pair.open(vertx)) {
            pair.client.pause();
            Promise<Long> full = Promise.promise();
            Promise<Void> ready = Promise.promise();
            pair.onServer(out -> {
                out.onReady(ready::tryComplete);
                offerUntilFull(vertx, out, full);
            });

            assertThat(get(full.future())).isBetween(1L, (long) CAPACITY);
            assertThat(ready.future().isComplete()).isFalse();
            pair.client.resume();
            get(ready.future());
        }
    }

    @Test
    void singleMessageMayBeLargerThanTheCapacity(Vertx vertx) throws Exception {
        try (Pair pair = Pair.open(vertx)) {
            Promise<String> arrived = Promise.promise();
            pair.client.textMessageHandler(arrived::tryComplete);
            pair.onServer(out -> assertThat(out.offer("x".repeat(CAPACITY * 2))).isTrue());

            assertThat(get(arrived.future())).hasSize(CAPACITY * 2);
        }
    }

    @Test
    void closedSocketAcceptsAndDropsMessages(Vertx vertx) throws Exception {
        try (Pair pair = Pair.open(vertx)) {
            get(pair.client.close());
            Promise<Long> pending = Promise.promise();
            assertThat(pair.fixture.next(pair.fixture.closed)).isEqualTo("closed");
            pair.onServer(out -> {
                boolean taken = out.offer("too late");
                pending.complete(taken ? out.pending() : -1);
            });

            assertThat(get(pending.future())).isZero();
        }
    }

    private static void offerUntilFull(Vertx vertx, OutboundSocket out, Promise<Long> full) {
        byte[] piece = "x".repeat(16 * 1024).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 64; i++) {
            if (!out.offer(piece)) {
                full.complete(out.pending());
                return;
            }
        }
        vertx.runOnContext(again -> offerUntilFull(vertx, out, full));
    }

    private static String received(Vertx vertx, String sent) throws Exception {
        try (Pair pair = Pair.open(vertx)) {
            Promise<String> arrived = Promise.promise();
            pair.client.textMessageHandler(arrived::tryComplete);
            pair.onServer(out -> assertThat(out.offer(sent)).isTrue());
            return get(arrived.future());
        }
    }

    /** A client, and the server's side of its socket with a small capacity. */
    private record Pair(ListenerFixture fixture, WebSocket client, ClientSocket server) implements AutoCloseable {

        static Pair open(Vertx vertx) throws Exception {
            ListenerFixture fixture = new ListenerFixture(10);
            until(vertx.deployVerticle(fixture));
            WebSocket client = fixture.connect(vertx);
            return new Pair(fixture, client, fixture.next(fixture.clients));
        }

        void onServer(Consumer<OutboundSocket> work) {
            OutboundSocket out = server.out(CAPACITY);
            fixture.onContext(() -> work.accept(out));
        }

        @Override
        public void close() {
            Future<Void> closed = client.isClosed() ? Future.succeededFuture() : client.close();
            closed.onFailure(gone -> {});
        }
    }
}
