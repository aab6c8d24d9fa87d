package io.dockrelay.relay.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordExport;
import io.dockrelay.record.RecordFilter;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordJournal;
import io.dockrelay.record.RecordLimits;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.relay.Soon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RecordTransferTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Soon.done(vertx.close());
    }

    @Test
    void clientThatReadsNothingEndsItsExport() throws Exception {
        var record = RecordFolder.of(folder, Optional.empty());
        write(record);
        Promise<Void> over = Promise.promise();
        HttpServer server = Soon.get(vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(4096))
                .requestHandler(
                        request -> new RecordTransfer(vertx, request.response(), export(record), Duration.ofMillis(500))
                                .run()
                                .onComplete(over))
                .listen(0, "127.0.0.1"));
        try (var client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));

            assertThat(over.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isNull();
        }
    }

    /** Some 6 MB: more than the sockets hold. */
    private static void write(RecordFolder record) throws IOException {
        RecordEntry entry = RecordEntry.of(Clock.systemUTC().instant(), "stop", RecordOutcome.DONE)
                .because("x".repeat(1000));
        try (var journal =
                RecordJournal.open(record, new RecordLimits(100_000_000, 2), Optional.empty(), Clock.systemUTC())) {
            List<Long> sequences = journal.append(Collections.nCopies(5000, entry));
            assertThat(sequences).hasSize(5000);
        }
    }

    private static RecordExport export(RecordFolder record) {
        try {
            return RecordExport.open(record, RecordFilter.ALL);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
