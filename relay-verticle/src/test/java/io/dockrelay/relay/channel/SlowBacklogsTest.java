package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.TestFleet;
import io.dockrelay.relay.reads.LogReads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Backlogs that many subscribers want at the same time, whose reads take too long, or that cannot be read whole. */
class SlowBacklogsTest {

    private static final Duration SNAPSHOT = Duration.ofSeconds(15);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ScriptedController controller = new ScriptedController(vertx);
    private LogChannels channels;

    @BeforeEach
    void open() throws Exception {
        Bus bus = Bus.of(vertx);
        channels = on(() -> new LogChannels(vertx, bus, new LogReads(bus), ChannelLimits.withLines(10_000)));
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(on(() -> {
                    channels.close();
                    return true;
                }))
                .isTrue();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void backlogThatManySubscribersWantIsReadOnce() throws Exception {
        controller.log(500);
        controller.pageDelay = 200;
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sinks.add(new RecordingSink());
            subscribe(sinks.getLast(), new SubscribeLogs("web", 100, null, null, false));
        }

        await().atMost(SNAPSHOT).until(() -> sinks.stream().allMatch(sink -> sink.snapshot() != null));

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.numbers()).isEqualTo(numbers(400, 500)));
        assertThat(controller.reads).hasSize(1);
        controller.log(1);
        await().until(() -> sinks.stream().allMatch(sink -> sink.numbers().size() == 101));
    }

    @Test
    void backlogThatTakesTooLongIsReadAgainWithFewerLines() throws Exception {
        controller.log(9_000);
        controller.linesInTime = 300;
        var sink = new RecordingSink();

        subscribe(sink, new SubscribeLogs("web", 10_000, null, null, false));
        await().atMost(SNAPSHOT).until(() -> sink.snapshot() != null);

        assertThat(sink.snapshot().moreBefore()).isTrue();
        assertThat(sink.numbers()).isEqualTo(numbers(9_000 - 256, 9_000));
        assertThat(sink.all(LogState.class)).extracting(LogState::state).first().isEqualTo(LogStateKind.WAITING);
    }

    @Test
    void backlogThatTakesTooLongEachTimeHasTheLeastLines() throws Exception {
        controller.log(9_000);
        controller.linesInTime = 20;
        var sink = new RecordingSink();

        subscribe(sink, new SubscribeLogs("web", 10_000, null, null, false));
        await().atMost(SNAPSHOT).until(() -> sink.snapshot() != null);

        assertThat(sink.numbers()).isEqualTo(numbers(9_000 - 16, 9_000));
        assertThat(controller.reads).extracting(ReadLogs::limit).containsExactly(5_000, 256, 16);
    }

    @Test
    void backlogWhoseReadIsRefusedBeforeItBeginsKeepsItsSize() throws Exception {
        controller.log(1_000);
        controller.readsWhileBusy.set(2);
        var sink = new RecordingSink();

        subscribe(sink, new SubscribeLogs("web", 1_000, null, null, false));
        await().atMost(SNAPSHOT).until(() -> sink.snapshot() != null);

        assertThat(sink.numbers()).isEqualTo(numbers(0, 1_000));
        assertThat(controller.reads).extracting(ReadLogs::limit).containsExactly(1_000, 1_000, 1_000);
    }

    @Test
    void backlogThatTookTooLongStaysSmallAfterARefusal() throws Exception {
        controller.log(1_000);
        controller.linesInTime = 300;
        var sink = new RecordingSink();

        subscribe(sink, new SubscribeLogs("web", 1_000, null, null, false));
        await().atMost(SNAPSHOT).until(() -> controller.reads.size() == 1);
        controller.readsWhileBusy.set(1);
        await().atMost(SNAPSHOT).until(() -> sink.snapshot() != null);

        assertThat(controller.reads).extracting(ReadLogs::limit).containsExactly(1_000, 256, 256);
    }

    @Test
    void resumptionThatTakesTooLongIsAGapAndTheNewestLines() throws Exception {
        controller.log(1_000);
        var live = new RecordingSink();
        subscribe(live, new SubscribeLogs("web", 1, null, null, false));
        await().atMost(SNAPSHOT).until(() -> live.snapshot() != null);
        controller.linesInTime = 20;
        var back = new RecordingSink();

        subscribe(back, new SubscribeLogs("web", 100, "c10", null, false));
        await().atMost(SNAPSHOT).until(() -> !back.all(LogGap.class).isEmpty());

        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(back.numbers()).isEqualTo(numbers(1_000 - 16, 1_000));
        LogGap gap = back.all(LogGap.class).getFirst();
        assertThat(gap.reason()).isEqualTo(GapReason.BEHIND);
        assertThat(gap.from()).isEqualTo("c10");
        assertThat(gap.to()).isEqualTo("c984");
        assertThat(controller.reads)
                .filteredOn(read -> read.anchor() == Anchor.AFTER)
                .hasSize(2);
    }

    @Test
    void linesThatTheEngineCannotReadAreAGapBeforeTheBacklog() throws Exception {
        controller.log(1_000);
        controller.readableFrom = 970;
        var sink = new RecordingSink();

        subscribe(sink, new SubscribeLogs("web", 100, null, null, false));
        await().atMost(SNAPSHOT).until(() -> !sink.all(LogGap.class).isEmpty());

        assertThat(sink.numbers()).isEqualTo(numbers(970, 1_000));
        assertThat(sink.snapshot().moreBefore()).isTrue();
        LogGap gap = sink.all(LogGap.class).getFirst();
        assertThat(gap.reason()).isEqualTo(GapReason.DAMAGED);
        assertThat(gap.from()).isNull();
        assertThat(gap.to()).isEqualTo("c970");
        controller.log(1);
        await().until(() -> sink.numbers().size() == 31);
    }

    private void subscribe(RecordingSink sink, SubscribeLogs request) throws Exception {
        assertThat(on(() -> channels.subscribe(ScriptedController.ID, request, sink)))
                .isNotNull();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private <T> T on(Callable<T> action) throws Exception {
        return Soon.on(context, action)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}
