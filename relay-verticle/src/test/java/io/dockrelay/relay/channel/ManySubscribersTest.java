package io.dockrelay.relay.channel;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.TestFleet;
import io.dockrelay.relay.reads.LogReads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A hundred subscribers of one log: under load they get fewer, larger frames with the same lines. */
class ManySubscribersTest {

    private static final int READERS = 100;
    private static final int LINES = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ScriptedController controller = new ScriptedController(vertx);
    private final List<RecordingSink> crowd =
            Stream.generate(RecordingSink::new).limit(READERS).toList();
    private LogChannels channels;

    @BeforeEach
    void follow() throws Exception {
        channels = on(() ->
                new LogChannels(vertx, Bus.of(vertx), new LogReads(Bus.of(vertx)), ChannelLimits.withLines(10_000)));
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
        controller.batchLines = 1;
        for (RecordingSink sink : crowd) {
            var unused = on(() ->
                    channels.subscribe(ScriptedController.ID, new SubscribeLogs("web", 0, null, null, false), sink));
        }
        await().until(() -> crowd.stream().allMatch(sink -> sink.snapshot() != null));
    }

    @AfterEach
    void close() throws Exception {
        context.runOnContext(now -> channels.close());
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void linesAreGatheredUnderLoadAndArriveOnce() throws Exception {
        controller.log(LINES);
        for (RecordingSink sink : crowd) {
            await().until(() -> sink.numbers().size() >= LINES);
            assertThat(sink.numbers())
                    .containsExactlyElementsOf(IntStream.range(0, LINES).boxed().toList());
        }
        List<LogFrame> frames = crowd.getFirst().all(LogFrame.class);
        assertThat(frames)
                .hasSizeLessThan(LINES / 2)
                .allSatisfy(frame -> assertThat(frame.lines().count()).isLessThanOrEqualTo(FrameLimits.MAX_LINES));
        assertThat(frames.getLast().cursor()).isEqualTo("c" + (LINES - 1));
    }

    @Test
    void stateArrivesAtItsPositionBetweenGatheredLines() throws Exception {
        controller.log(300);
        controller.mark(new TailMark.State(LogStateKind.STOPPED, "web", null, null));
        controller.log(300);
        RecordingSink sink = crowd.getFirst();
        await().until(() -> sink.numbers().size() >= 600);
        List<Object> messages = sink.messages;
        int stateAt = messages.indexOf(sink.all(LogState.class).getLast());
        int before = messages.subList(0, stateAt).stream()
                .filter(LogFrame.class::isInstance)
                .mapToInt(frame -> ((LogFrame) frame).lines().count())
                .sum();
        assertThat(before).isEqualTo(300);
    }

    private <T> T on(Callable<T> action) throws Exception {
        return Soon.on(context, action)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}
