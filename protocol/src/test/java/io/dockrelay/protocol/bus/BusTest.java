package io.dockrelay.protocol.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BusTest {

    private static final Instant NOW = Instant.parse("2025-11-25T22:52:30.123Z");

    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        bus = Bus.of(vertx);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void recordPassesByReferenceInsideAJvm() throws Exception {
        var received = new CompletableFuture<EngineStatus>();
        Registration listener = bus.subscribe(Addresses.ENGINE_STATUS, received::complete);
        await(listener.ready());
        var sent = new EngineStatus("edge-1", true, NOW, null);

        Bus.of(vertx).publish(Addresses.ENGINE_STATUS, sent);

        assertThat(received.get(10, SECONDS)).isSameAs(sent);
    }

    @Test
    void batchIsUnchangedBetweenTwoJvms() {
        byte[] line = "2025-11-25T22:52:30.123456789Z \"x\" \u001b".getBytes(UTF_8);
        var builder = new LineBlockBuilder();
        builder.line('e', line, 0, line.length);
        List<TailMark> marks = List.of(
                new TailMark.State(LogStateKind.STOPPED, "web", NOW, "exited with code 1"),
                new TailMark.Gap(GapReason.SLOW_CLIENT, "a", null, null));
        var batch = LogBatch.of(3, "web", marks, new LogSlice(builder.take(), null, "cursor"));

        var codec = new RecordCodec();
        Buffer wire = Buffer.buffer("head");
        codec.encodeToWire(wire, batch);

        assertThat(FromWire.message(codec.decodeFromWire(4, wire))).isEqualTo(batch);
    }

    @Test
    void bytesOfADownloadAreUnchangedBetweenTwoJvms() {
        var part = new DownloadPart(new byte[] {0, -1, 10, 34}, true, "it broke");

        var codec = new RecordCodec();
        Buffer wire = Buffer.buffer("head");
        codec.encodeToWire(wire, part);

        assertThat(FromWire.message(codec.decodeFromWire(4, wire)))
                .usingRecursiveComparison()
                .isEqualTo(part);
    }

    @Test
    void refusalArrivesWithItsKindAndMessage() throws Exception {
        Registration listener = bus.answer(
                Addresses.containers("edge-1"), asked -> Future.failedFuture(Refusal.noSuchContainer("web")));
        await(listener.ready());

        assertThatThrownBy(() -> await(bus.ask(Addresses.containers("edge-1"), new AskContainers(false))))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER))
                .hasMessageContaining("\"web\"");
    }

    @Test
    void answerArrivesBeforeTheMessagesOfItsEffect() throws Exception {
        var status = new EngineStatus("edge-1", true, NOW, null);
        Registration answering = bus.reply(
                Addresses.lines("s"),
                batch -> Future.succeededFuture(
                        new Reply<>(BatchTaken.CONTINUE, () -> bus.publish(Addresses.ENGINE_STATUS, status))));
        await(answering.ready());
        var arrived = new CompletableFuture<String>();
        Context asker = vertx.getOrCreateContext();
        asker.runOnContext(now -> {
            var listening = bus.subscribe(Addresses.ENGINE_STATUS, followed -> arrived.complete("what follows"));
            listening
                    .ready()
                    .compose(ready -> bus.ask(Addresses.lines("s"), emptyBatch()))
                    .onSuccess(taken -> arrived.complete("the answer"))
                    .onFailure(arrived::completeExceptionally);
        });

        assertThat(arrived.get(10, SECONDS)).isEqualTo("the answer");
    }

    @Test
    void answererThatThrowsRepliesAndKeepsListening() throws Exception {
        Registration listener = bus.answer(Addresses.lines("s"), batch -> {
            throw new IllegalStateException("a bug");
        });
        await(listener.ready());

        for (int i = 0; i < 2; i++) {
            assertThat(kindOfFailure(bus.ask(Addresses.lines("s"), emptyBatch())))
                    .isEqualTo(RefusalKind.INTERNAL);
        }
    }

    @Test
    void missingAnswererAndTimeoutAreDifferentRefusals() throws Exception {
        Registration listener = bus.answer(
                Addresses.lines("s"), batch -> Promise.<BatchTaken>promise().future());
        await(listener.ready());

        assertThat(kindOfFailure(bus.ask(Addresses.lines("unknown"), emptyBatch())))
                .isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
        assertThat(kindOfFailure(bus.ask(Addresses.lines("s").within(Duration.ofMillis(20)), emptyBatch())))
                .isEqualTo(RefusalKind.TIMED_OUT);
    }

    @Test
    void everyKindOfRefusalHasItsOwnCode() {
        for (RefusalKind kind : RefusalKind.values()) {
            assertThat(RefusalKind.ofFailureCode(kind.failureCode())).isEqualTo(kind);
        }
    }

    private static LogBatch emptyBatch() {
        return new LogBatch(0, "web", List.of(), LogSlice.NONE, false, Resumption.FRESH);
    }

    private static RefusalKind kindOfFailure(Future<?> future) throws Exception {
        try {
            throw new AssertionError("it did not fail: " + await(future));
        } catch (ExecutionException e) {
            return ((Refusal) e.getCause()).kind();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }
}
