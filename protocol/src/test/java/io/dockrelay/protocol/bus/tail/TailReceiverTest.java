package io.dockrelay.protocol.bus.tail;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TailReceiverTest {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private ScriptedTail controller;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        controller = new ScriptedTail(vertx, "local");
        awaitEvents("listening");
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void smallVerticleReadsALog() throws Exception {
        controller.write("old");
        String deployment = await(vertx.deployVerticle(new LogPrinter(received::add)));
        assertThat(received.poll(10, SECONDS)).endsWith(" old");
        controller.write("new");
        assertThat(received.poll(10, SECONDS)).endsWith(" new");

        await(vertx.undeploy(deployment));
        awaitEvents("ready", "ready", "closed");
    }

    @Test
    void readerThatTakesNoMoreIsAskedAgainWithoutLines() throws Exception {
        var reader = new SlowReader();
        TailReceiver tail = receiver(reader);
        reader.answer = null;
        openWeb(tail);
        controller.write("next");

        awaitEvents("waiting", "waiting");
        assertThat(reader.batches.poll(10, SECONDS).sequence()).isZero();
        LogBatch again = reader.batches.poll(10, SECONDS);
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.lines().isEmpty()).isTrue();
        assertThat(again.cursor()).isEqualTo("c0");

        reader.answer = BatchTaken.CONTINUE;
        onContext(tail::ready);
        LogBatch next = reader.batches.poll(10, SECONDS);
        while (next.lines().isEmpty()) {
            next = reader.batches.poll(10, SECONDS);
        }
        assertThat(next.lines().count()).isEqualTo(1);
    }

    @Test
    void readerAnswersAHeldBatchWhenItTakesMore() throws Exception {
        var reader = new SlowReader();
        reader.hold = TailReceiver.MAX_HOLD;
        reader.answer = null;
        TailReceiver tail = receiver(reader);
        openWeb(tail);
        assertThat(reader.batches.poll(10, SECONDS).sequence()).isZero();
        reader.answer = BatchTaken.JUMP;
        onContext(tail::ready);
        awaitEvents("jump");
    }

    @Test
    void closingAnswersAHeldBatch() throws Exception {
        var reader = new SlowReader();
        reader.hold = TailReceiver.MAX_HOLD;
        reader.answer = null;
        TailReceiver tail = receiver(reader);
        openWeb(tail);
        assertThat(reader.batches.poll(10, SECONDS).sequence()).isZero();
        onContext(tail::close);
        assertThat(List.of(controller.events.poll(10, SECONDS), controller.events.poll(10, SECONDS)))
                .containsExactlyInAnyOrder("gone", "closed");
    }

    @Test
    void tailEndsWhenItsControllerHasClosedIt() throws Exception {
        TailReceiver tail = receiver(new SlowReader());
        openWeb(tail);
        assertThat(tail.ended().isComplete()).isFalse();
        onContext(tail::close);
        await(tail.ended());
        assertThat(controller.events).contains("closed");
    }

    @Test
    void tailThatIsClosedWhileItIsBeingOpenedEndsAfterThat() throws Exception {
        TailReceiver tail = receiver(new SlowReader());
        var opening = new CompletableFuture<TailOpened>();
        var openAtItsEnd = new CompletableFuture<Boolean>();
        onContext(() -> {
            tail.open("web", new TailFrom.Lines(10)).onSuccess(opening::complete);
            tail.ended().onComplete(ended -> openAtItsEnd.complete(opening.isDone()));
            tail.close();
        });
        assertThat(openAtItsEnd.get(10, SECONDS)).isTrue();
        assertThat(controller.events).contains("closed");
    }

    @Test
    void receiverThatWasNotOpenedEndsAtOnce() {
        TailReceiver tail = receiver(new SlowReader());
        tail.close();
        assertThat(tail.ended().succeeded()).isTrue();
    }

    @Test
    void missingBatchClosesTheTail() throws Exception {
        var reader = new SlowReader();
        TailReceiver tail = receiver(reader);
        openWeb(tail);
        awaitEvents("ready");
        assertThat(ask(tail, 2)).isEqualTo(BatchTaken.CLOSE);
        awaitEvents("closed");
        assertThat(reader.batches.poll(10, SECONDS).sequence()).isZero();
        assertThat(reader.batches).isEmpty();
        assertThat(reader.broken).isTrue();
    }

    @Test
    void readerThatFailsClosesTheTail() throws Exception {
        var reader = new SlowReader() {
            @Override
            public void batch(LogBatch batch) {
                throw new IllegalStateException("on purpose");
            }
        };
        openWeb(receiver(reader));
        awaitEvents("closed");
        assertThat(reader.broken).isTrue();
    }

    @Test
    void refusedReceiverIsClosed() {
        var tail = new TailReceiver(vertx, Bus.of(vertx), "elsewhere", batch -> {});
        assertThatThrownBy(() -> await(tail.open("web", new TailFrom.Lines(10))))
                .hasCauseInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ask(tail, 0)).hasCauseInstanceOf(Refusal.class);
    }

    private static void openWeb(TailReceiver tail) throws Exception {
        assertThat(await(tail.open("web", new TailFrom.Lines(10))).name()).isEqualTo("web");
    }

    private TailReceiver receiver(TailReceiver.Reader reader) {
        return new TailReceiver(vertx, Bus.of(vertx), "local", reader);
    }

    private BatchTaken ask(TailReceiver tail, long sequence) throws Exception {
        var batch = LogBatch.of(sequence, "web", List.of(), LogSlice.NONE);
        return await(Bus.of(vertx).ask(Addresses.lines(tail.subscription()), batch));
    }

    private void onContext(Runnable task) {
        vertx.runOnContext(turn -> task.run());
    }

    private void awaitEvents(String... expected) throws InterruptedException {
        for (String event : expected) {
            assertThat(controller.events.poll(10, SECONDS)).isEqualTo(event);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    /** Answers what the test says. */
    private static class SlowReader implements TailReceiver.Reader {

        final BlockingQueue<LogBatch> batches = new LinkedBlockingQueue<>();
        volatile BatchTaken answer = BatchTaken.CONTINUE;
        volatile Duration hold = Duration.ofMillis(50);
        volatile boolean broken;

        @Override
        public void batch(LogBatch batch) {
            batches.add(batch);
        }

        @Override
        public BatchTaken answer() {
            return answer;
        }

        @Override
        public Duration hold() {
            return hold;
        }

        @Override
        public void broken() {
            broken = true;
        }
    }
}
