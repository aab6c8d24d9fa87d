package io.dockrelay.relay.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken.Verdict;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.ControllerEvent;
import io.dockrelay.relay.fleet.TestFleet;
import io.dockrelay.relay.reads.LogReads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LogChannelsTest {

    private static final int MIB = 1024 * 1024;
    private static final ChannelLimits LIMITS =
            new ChannelLimits(10_000, 256 * 1024, 8 * MIB, 4 * MIB, 8 * MIB, 32 * MIB, Duration.ofMillis(50));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ScriptedController controller = new ScriptedController(vertx);
    private LogChannels channels;

    @BeforeEach
    void open() throws Exception {
        channels = on(() -> new LogChannels(vertx, Bus.of(vertx), new LogReads(Bus.of(vertx)), LIMITS));
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
    }

    @AfterEach
    void close() throws Exception {
        run(() -> channels.close());
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void everyLineArrivesOnceWhenJoiningAFlood() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the joins: " + seed);
        var random = new Random(seed);
        List<RecordingSink> sinks = new ArrayList<>();
        controller.log(3_000);
        for (int i = 0; i < 50; i++) {
            sinks.add(new RecordingSink());
            watch(sinks.get(i), lines(random.nextInt(4) == 0 ? 0 : random.nextInt(2_500)));
            for (int burst = random.nextInt(5); burst >= 0; burst--) {
                controller.log(random.nextInt(150));
            }
        }
        int end = controller.stored();
        for (RecordingSink sink : sinks) {
            awaitLast(sink, end - 1);
            assertContiguousTo(end, sink);
            assertThat(sink.all(LogGap.class)).as("seed %d", seed).isEmpty();
        }
        assertThat(controller.opened).hasSize(1);
        assertThat(sinks)
                .allSatisfy(sink -> assertThat(sink.snapshot().snapshot()).isTrue());
    }

    @Test
    void eachSubscriberGetsItsNumberOfLinesAndOneMayLeave() throws Exception {
        controller.log(500);
        var few = new RecordingSink();
        var many = new RecordingSink();
        LogSubscription leaving = subscribe(few, lines(10));
        watch(many, lines(300));
        awaitLast(few, 499);
        awaitLast(many, 499);
        assertThat(few.snapshot().lines().count()).isEqualTo(10);
        assertThat(few.snapshot().moreBefore()).isTrue();
        assertThat(few.snapshot().cursor()).isEqualTo("c499");
        assertThat(few.snapshot().controller()).isEqualTo(ScriptedController.ID);
        assertThat(many.snapshot().lines().count()).isEqualTo(300);
        run(() -> leaving.close());
        controller.log(5);
        awaitLast(many, 504);
        assertThat(few.numbers()).hasSize(10);
        assertThat(controller.tails()).isEqualTo(1);
    }

    @Test
    void backlogOfSeveralPagesIsOneSnapshot() throws Exception {
        controller.pageLines = 700;
        controller.log(9_000);
        var sink = new RecordingSink();
        watch(sink, lines(8_000));
        awaitLast(sink, 8_999);
        assertThat(sink.snapshot().lines().count()).isEqualTo(8_000);
        assertContiguousTo(9_000, sink);
    }

    @Test
    void outageOfAnyLengthWhileJoiningEndsNoSubscription() throws Exception {
        controller.log(20);
        controller.readsInAnOutage.set(6);
        var sink = new RecordingSink();
        watch(sink, lines(5));
        await().atMost(Duration.ofSeconds(20)).until(() -> sink.snapshot() != null);
        assertThat(sink.snapshot().lines().count()).isEqualTo(5);
        controller.log(1);
        awaitLast(sink, 20);
    }

    @Test
    void subscriptionWhileTheEngineIsSilentSaysSoOnceAndGoesOn() throws Exception {
        controller.log(10);
        controller.engineIsSilent = true;
        var sink = new RecordingSink();
        watch(sink, lines(5));
        await().until(() -> controller.reads.size() >= 2);
        assertThat(sink.all(LogState.class)).singleElement().satisfies(state -> {
            assertThat(state.state()).isEqualTo(LogStateKind.WAITING);
            assertThat(state.message()).isEqualTo(ScriptedController.SILENT);
        });

        controller.engineIsSilent = false;

        awaitLast(sink, 9);
        assertThat(sink.numbers()).containsExactly(5, 6, 7, 8, 9);
        await().untilAsserted(() -> assertThat(sink.all(LogState.class))
                .extracting(LogState::state)
                .containsExactly(LogStateKind.WAITING, LogStateKind.FOLLOWING));
    }

    @Test
    void batchThatWasLostOnTheBusIsReadAgain() throws Exception {
        controller.log(10);
        var sink = new RecordingSink();
        watch(sink, lines(10));
        awaitLast(sink, 9);
        controller.lose(20);
        controller.log(5);
        awaitLast(sink, 34);
        assertContiguousTo(35, sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        assertThat(controller.opened).hasSize(2);
        assertThat(controller.tails()).isEqualTo(1);
    }

    @Test
    void logWithoutLinesStartsEmptyAndAllLinesFollow() throws Exception {
        var sink = new RecordingSink();
        watch(sink, lines(100));
        await().until(() -> sink.snapshot() != null);
        assertThat(sink.snapshot().lines().isEmpty()).isTrue();
        assertThat(sink.snapshot().cursor()).isNull();
        controller.log(3);
        awaitLast(sink, 2);
        assertThat(sink.numbers()).containsExactly(0, 1, 2);
    }

    @Test
    void controllerThatReturnsWhileItsChannelIsBeingMadeIsAskedForOneTail() throws Exception {
        var sink = new RecordingSink();
        run(() -> {
            var unused = channels.subscribe(ScriptedController.ID, lines(100), sink);
            channels.onController(new ControllerEvent(ScriptedController.ID, ControllerEvent.Kind.BACK));
        });
        await().until(() -> sink.snapshot() != null);
        controller.log(3);
        awaitLast(sink, 2);
        assertThat(sink.numbers()).containsExactly(0, 1, 2);
        assertThat(controller.tails()).isEqualTo(1);
    }

    @Test
    void slowBrowserDelaysNoOtherAndGetsItsGap() throws Exception {
        controller.log(10);
        var slow = new RecordingSink();
        var fast = new RecordingSink();
        LogSubscription stuck = subscribe(slow, lines(5));
        watch(fast, lines(5));
        awaitLast(slow, 9);
        awaitLast(fast, 9);
        slow.full = true;
        for (int i = 0; i < 100; i++) {
            controller.log(100);
        }
        awaitLast(fast, 10_009);
        assertThat(fast.all(LogGap.class)).isEmpty();
        assertThat(slow.numbers()).hasSize(5);
        slow.full = false;
        drained(stuck);
        awaitLast(slow, 10_009);
        LogGap gap = slow.all(LogGap.class).getFirst();
        assertThat(slow.all(LogGap.class)).hasSize(1);
        assertThat(gap.reason()).isEqualTo(GapReason.SLOW_CLIENT);
        assertThat(gap.from()).isEqualTo("c9");
        assertThat(gap.to()).isEqualTo("c" + slow.numbers().get(5));
        List<Integer> rest = slow.numbers().subList(5, slow.numbers().size());
        assertThat(rest.getFirst()).isEqualTo(10 + gap.count().intValue());
        assertThat(rest)
                .isEqualTo(IntStream.range(rest.getFirst(), 10_010).boxed().toList());
        assertThat(on(() -> channels.ringBytes())).isLessThan(LIMITS.ringBytes() + 64 * 1024L);
    }

    @Test
    void fullBrowserGetsItsBacklogWhenItHasDrained() throws Exception {
        controller.log(100);
        var sink = new RecordingSink();
        sink.full = true;
        LogSubscription subscription = subscribe(sink, lines(50));
        await().until(() -> controller.tails() == 1);
        controller.log(10);
        assertThat(sink.messages).isEmpty();
        assertThat(controller.reads).isEmpty();
        sink.full = false;
        drained(subscription);
        awaitLast(sink, 109);
        assertThat(sink.snapshot().lines().count()).isEqualTo(50);
        assertContiguousTo(110, sink);
    }

    @Test
    void tailJumpsOnlyAfterAllSubscribersHaveStalledForFiveSeconds() throws Exception {
        controller.log(10);
        var sink = new RecordingSink();
        LogSubscription stuck = subscribe(sink, lines(1));
        awaitLast(sink, 9);
        sink.full = true;
        long began = System.nanoTime();
        controller.log(1_000);
        await().atMost(Duration.ofSeconds(12)).until(() -> controller.verdicts.contains(Verdict.JUMP));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(4_900));
        assertThat(controller.verdicts).contains(Verdict.WAIT);
        sink.full = false;
        drained(stuck);
        controller.log(1);
        awaitLast(sink, 1_010);
        assertThat(sink.all(LogGap.class)).hasSize(1);
        assertThat(sink.numbers().subList(0, 51))
                .isEqualTo(IntStream.range(9, 60).boxed().toList());
    }

    @Test
    void marksArriveAtTheirPosition() throws Exception {
        controller.log(2);
        var sink = new RecordingSink();
        watch(sink, new SubscribeLogs("web", 0, null, "mine", false));
        await().until(() -> sink.snapshot() != null);
        controller.log(1);
        controller.mark(new TailMark.State(LogStateKind.STOPPED, "web", Instant.EPOCH, null));
        controller.log(1);
        controller.mark(new TailMark.Gap(GapReason.ROTATED, "c3", null, null));
        controller.log(1);
        awaitLast(sink, 4);
        List<String> kinds = sink.messages.stream().map(LogChannelsTest::kind).toList();
        assertThat(kinds).containsExactly("0 lines", "1 lines", "STOPPED", "1 lines", "ROTATED", "1 lines");
        assertThat(sink.raw)
                .allSatisfy(frame -> assertThat(new String(frame, UTF_8)).contains("\"sub\":\"mine\""));
        var late = new RecordingSink();
        watch(late, lines(1));
        await().until(() -> late.messages.size() == 2);
        assertThat(late.all(LogState.class).getFirst().state()).isEqualTo(LogStateKind.STOPPED);
    }

    @Test
    void tailContinuesAtItsPositionWhenTheControllerIsBack() throws Exception {
        controller.log(10);
        var stays = new RecordingSink();
        var leaves = new RecordingSink();
        watch(stays, lines(5));
        LogSubscription leaving = subscribe(leaves, new SubscribeLogs("web", 5, null, "x", false));
        awaitLast(stays, 9);
        awaitLast(leaves, 9);
        controller.die();
        run(() -> leaving.close());
        var duringOutage = new RecordingSink();
        watch(duringOutage, lines(3));
        controller.log(20);
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
        awaitLast(stays, 29);
        awaitLast(duringOutage, 29);
        controller.log(1);
        awaitLast(stays, 30);
        awaitLast(duringOutage, 30);
        assertThat(stays.numbers()).isEqualTo(IntStream.range(5, 31).boxed().toList());
        assertContiguousTo(31, duringOutage);
        assertThat(stays.all(LogGap.class)).isEmpty();
        assertThat(leaves.numbers()).hasSize(5);
        assertThat(controller.opened.getLast().from()).isEqualTo(new TailFrom.After("c9"));
        assertThat(controller.opened.getLast().waitForContainer()).isTrue();
    }

    @Test
    void tailThatCannotContinueHasAGap() throws Exception {
        controller.log(10);
        var sink = new RecordingSink();
        watch(sink, lines(5));
        awaitLast(sink, 9);
        controller.die();
        controller.log(20);
        controller.rotate();
        controller.log(5);
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
        awaitLast(sink, 34);
        assertThat(sink.all(LogGap.class)).hasSize(1);
        assertThat(sink.all(LogGap.class).getFirst().from()).isEqualTo("c9");
        assertThat(sink.numbers()).isEqualTo(List.of(5, 6, 7, 8, 9, 30, 31, 32, 33, 34));
    }

    @Test
    void nothingRemainsAfterTheLastSubscriberLeaves() throws Exception {
        controller.log(100);
        List<LogSubscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            subscriptions.add(subscribe(new RecordingSink(), lines(i)));
        }
        await().until(() -> controller.tails() == 1);
        run(() -> subscriptions.forEach(LogSubscription::close));
        await().until(() -> on(() -> channels.open()) == 0 && controller.tails() == 0);
        assertThat(on(() -> channels.ringBytes())).isZero();
    }

    @Test
    void allNamesOfAContainerShareOneTail() throws Exception {
        controller.log(10);
        var byName = new RecordingSink();
        var byId = new RecordingSink();
        watch(byName, lines(2));
        awaitLast(byName, 9);
        LogSubscription subscription = subscribe(byId, new SubscribeLogs("abc123ef0123", 2, null, null, false));
        awaitLast(byId, 9);
        assertThat(byId.snapshot().container()).isEqualTo("web");
        assertThat(on(subscription::container)).isEqualTo("web");
        await().until(() -> controller.tails() == 1);
        controller.log(1);
        awaitLast(byId, 10);
        awaitLast(byName, 10);
        assertThat(on(() -> channels.open())).isEqualTo(1);
    }

    @Test
    void unknownContainerIsRefusedUnlessTheSubscriptionWaits() throws Exception {
        controller.exists = false;
        var refused = new RecordingSink();
        var waits = new RecordingSink();
        watch(refused, lines(2));
        await().until(() -> refused.refusal != null);
        assertThat(refused.refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        await().until(() -> on(() -> channels.open()) == 0);
        watch(waits, new SubscribeLogs("web", 2, null, null, true));
        await().until(() -> waits.snapshot() != null);
        assertThat(waits.refusal).isNull();
    }

    @Test
    void subscriptionThatWaitsForARemovedContainerStartsEmpty() throws Exception {
        controller.log(10);
        var before = new RecordingSink();
        watch(before, lines(2));
        awaitLast(before, 9);
        controller.exists = false;
        var waits = new RecordingSink();
        var asks = new RecordingSink();
        watch(waits, new SubscribeLogs("web", 5, null, null, true));
        watch(asks, lines(5));
        await().until(() -> waits.snapshot() != null && asks.refusal != null);
        assertThat(waits.snapshot().lines().isEmpty()).isTrue();
        assertThat(waits.snapshot().moreBefore()).isFalse();
        assertThat(asks.refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        controller.log(1);
        awaitLast(waits, 10);
        assertThat(waits.numbers()).containsExactly(10);
    }

    @Test
    void resumptionAfterTheContainerWasRemovedGetsAGap() throws Exception {
        controller.log(10);
        var before = new RecordingSink();
        watch(before, lines(2));
        awaitLast(before, 9);
        controller.exists = false;
        controller.mark(new TailMark.State(LogStateKind.REMOVED, "web", Instant.EPOCH, null));
        await().until(() -> !before.all(LogState.class).isEmpty());
        var resumes = new RecordingSink();
        watch(resumes, new SubscribeLogs("web", 5, "c3", null, true));
        await().until(() -> !resumes.all(LogGap.class).isEmpty());
        controller.log(1);
        awaitLast(resumes, 10);

        LogGap gap = resumes.all(LogGap.class).getFirst();
        assertThat(gap.reason()).isEqualTo(GapReason.REMOVED);
        assertThat(gap.from()).isEqualTo("c3");
        assertThat(gap.to()).isNull();
        assertThat(resumes.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(resumes.numbers()).containsExactly(10);
    }

    @Test
    void resumptionWhileTheContainerHasAnotherNameForAMomentLosesNoLine() throws Exception {
        controller.log(10);
        var before = new RecordingSink();
        watch(before, lines(2));
        awaitLast(before, 9);
        controller.log(2);
        awaitLast(before, 11);
        controller.exists = false;
        var resumes = new RecordingSink();
        watch(resumes, new SubscribeLogs("web", 5, "c3", null, true));
        await().until(() -> !resumes.all(LogState.class).isEmpty());
        controller.exists = true;
        controller.log(1);
        awaitLast(resumes, 12);

        assertThat(resumes.numbers()).containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(resumes.all(LogGap.class)).isEmpty();
    }

    @Test
    void subscriptionDuringAnOutageIsServedWhenTheControllerIsBack() throws Exception {
        controller.die();
        var sink = new RecordingSink();
        watch(sink, lines(2));
        controller.log(5);
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.start();
        awaitLast(sink, 4);
        assertThat(sink.refusal).isNull();
        assertThat(sink.numbers()).containsExactly(3, 4);
    }

    @Test
    void cursorIsResumedExactlyEvenInAFlood() throws Exception {
        var random = new Random(7);
        var first = new RecordingSink();
        controller.log(1_000);
        watch(first, lines(1));
        awaitLast(first, 999);
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(controller.stored() - 1);
            var back = new RecordingSink();
            for (int burst = 0; burst < 3; burst++) {
                controller.log(random.nextInt(60));
            }
            LogSubscription subscription = subscribe(back, new SubscribeLogs("web", 5, "c" + from, null, false));
            controller.log(1 + random.nextInt(60));
            int end = controller.stored();
            awaitLast(back, end - 1);
            assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
            assertThat(back.numbers())
                    .isEqualTo(IntStream.range(from + 1, end).boxed().toList());
            run(() -> subscription.close());
        }
    }

    /** As after a restart of the relay: browsers that return open the channel at the present. */
    @Test
    void cursorIsResumedExactlyByAChannelWithoutLines() throws Exception {
        controller.log(100);
        controller.writtenBeforePage = 5;
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 1_000, "c40", null, true));
        await().until(() -> back.snapshot() != null);
        controller.log(1);
        awaitLast(back, controller.stored() - 1);

        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(back.numbers())
                .isEqualTo(IntStream.range(41, controller.stored()).boxed().toList());
    }

    /** As after a restart of the relay while the engine is away: the store may be read before the tail has begun. */
    @Test
    void cursorIsResumedOnlyWhenTheChannelKnowsItsPosition() throws Exception {
        controller.log(100);
        controller.tailsBeginLate = true;
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 1_000, "c40", null, true));
        await().until(() -> !controller.reads.isEmpty());
        controller.tailsBegin();
        await().until(() -> back.snapshot() != null);
        controller.log(1);
        awaitLast(back, 100);

        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(back.numbers()).isEqualTo(IntStream.range(41, 101).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 99})
    void cursorAheadOfTheChannelIsResumedWhenTheChannelReachesIt(int cursor) throws Exception {
        controller.log(100);
        controller.tailsBeginLate = true;
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 1_000, "c" + cursor, null, true));
        await().until(() -> !controller.reads.isEmpty());
        controller.tailsGoOnTo(50);
        await().until(() -> controller.reads.stream().anyMatch(read -> "c49".equals(read.position())));
        assertThat(back.snapshot()).isNull();
        controller.tailsBegin();
        controller.log(1);
        awaitLast(back, 100);

        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(back.numbers())
                .isEqualTo(IntStream.rangeClosed(cursor + 1, 100).boxed().toList());
        assertThat(back.all(LogGap.class)).isEmpty();
    }

    @Test
    void cursorThatCannotBeResumedGetsAGapAndTheNewestLines() throws Exception {
        controller.log(100);
        controller.rotate();
        controller.log(10);
        var sink = new RecordingSink();
        watch(sink, new SubscribeLogs("web", 5, "c20", null, false));
        awaitLast(sink, 109);
        assertThat(sink.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(sink.snapshot().lines().count()).isEqualTo(5);
        LogGap gap = (LogGap) sink.messages.get(1);
        assertThat(gap.from()).isEqualTo("c20");
        assertThat(gap.to()).isEqualTo("c105");
    }

    /** A channel whose subscriber has followed the log since its line 499. */
    private void aChannelThatHasGoneOn(int lines) throws Exception {
        controller.log(500);
        var live = new RecordingSink();
        watch(live, lines(1));
        awaitLast(live, 499);
        controller.log(lines);
        awaitLast(live, 499 + lines);
    }

    @Test
    void resumeOfTenThousandLinesIsASnapshotAndFramesWithExactCursors() throws Exception {
        aChannelThatHasGoneOn(9_990);
        controller.log(5);
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 0, "c499", null, false));
        controller.log(5);
        awaitLast(back, 10_499);
        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(back.numbers())
                .isEqualTo(IntStream.range(500, 10_500).boxed().toList());
        assertThat(back.all(LogGap.class)).isEmpty();
    }

    @Test
    void backlogLargerThanASnapshotFollowsInFramesOfItsOwn() throws Exception {
        var small = new ChannelLimits(10_000, 256 * 1024, 8 * MIB, 64 * 1024, 8 * MIB, 32 * MIB, Duration.ofMillis(50));
        LogChannels narrow = on(() -> new LogChannels(vertx, Bus.of(vertx), new LogReads(Bus.of(vertx)), small));
        controller.log(10);
        var live = new RecordingSink();
        assertThat(on(() -> narrow.subscribe(ScriptedController.ID, lines(1), live)))
                .isNotNull();
        awaitLast(live, 9);
        controller.log(9_000);
        awaitLast(live, 9_009);
        controller.mark(new TailMark.State(LogStateKind.STOPPED, "web", null, null));
        await().until(() -> !live.all(LogState.class).isEmpty());
        var back = new RecordingSink();
        back.fullBehind = 3;
        LogSubscription slow = on(
                () -> narrow.subscribe(ScriptedController.ID, new SubscribeLogs("web", 0, "c9", "pane", false), back));
        await().until(() -> back.messages.size() == 3);
        back.fullBehind = Integer.MAX_VALUE;
        controller.log(20);
        drained(slow);
        awaitLast(back, 9_029);
        assertThat(back.numbers()).isEqualTo(IntStream.range(10, 9_030).boxed().toList());
        for (LogFrame frame : back.all(LogFrame.class)) {
            List<String> lines = frame.lines().lines();
            if (!lines.isEmpty()) {
                assertThat(frame.cursor()).isEqualTo("c" + Lines.number(lines.getLast()));
                assertThat(frame.first()).isEqualTo("c" + Lines.number(lines.getFirst()));
            }
            assertThat(frame.sub()).isEqualTo("pane");
        }
        assertThat(back.raw).allSatisfy(frame -> assertThat(frame.length).isLessThan(64 * 1024));
        assertThat(back.all(LogState.class)).hasSize(1);
        int stateAt = back.messages.indexOf(back.all(LogState.class).getFirst());
        assertThat(((LogFrame) back.messages.get(stateAt - 1)).cursor()).isEqualTo("c9009");
        run(() -> narrow.close());
    }

    @Test
    void cursorTooFarBehindGetsTheNewestLinesAndAGapWithBothEnds() throws Exception {
        aChannelThatHasGoneOn(11_000);
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 0, "c400", null, false));
        awaitLast(back, 11_499);
        LogGap gap = back.all(LogGap.class).getFirst();
        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(gap.reason()).isEqualTo(GapReason.BEHIND);
        assertThat(gap.from()).isEqualTo("c400");
        assertThat(gap.to()).isEqualTo("c" + back.numbers().getFirst());
    }

    @Test
    void cursorTooFarBehindGetsAGapWhileTheLogContinues() throws Exception {
        aChannelThatHasGoneOn(11_000);
        controller.writtenBeforePage = 5;
        var back = new RecordingSink();
        watch(back, new SubscribeLogs("web", 0, "c400", null, false));
        await().until(() -> back.snapshot() != null);
        controller.log(1);
        awaitLast(back, controller.stored() - 1);

        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(back.all(LogGap.class)).extracting(LogGap::reason).containsExactly(GapReason.BEHIND);
        assertContiguousTo(controller.stored(), back);
    }

    private static String kind(Object message) {
        return switch (message) {
            case LogFrame frame -> frame.lines().count() + " lines";
            case LogState state -> state.state().name();
            case LogGap gap -> gap.reason().name();
            default -> message.toString();
        };
    }

    private static void assertContiguousTo(int end, RecordingSink sink) {
        List<Integer> numbers = sink.numbers();
        int begin = numbers.isEmpty() ? end : numbers.getFirst();
        assertThat(numbers).isEqualTo(IntStream.range(begin, end).boxed().toList());
    }

    private static SubscribeLogs lines(int lines) {
        return new SubscribeLogs("web", lines, null, null, false);
    }

    private static void awaitLast(RecordingSink sink, int number) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            List<String> lines = sink.lines();
            boolean caughtUp = sink.snapshot() != null && ("c" + number).equals(cursor(sink));
            return caughtUp || (!lines.isEmpty() && Lines.number(lines.getLast()) == number);
        });
    }

    private static String cursor(RecordingSink sink) {
        List<LogFrame> frames = sink.all(LogFrame.class);
        return frames.isEmpty() ? null : frames.getLast().cursor();
    }

    private LogSubscription subscribe(RecordingSink sink, SubscribeLogs request) throws Exception {
        return on(() -> channels.subscribe(ScriptedController.ID, request, sink));
    }

    private void watch(RecordingSink sink, SubscribeLogs request) throws Exception {
        assertThat(subscribe(sink, request)).isNotNull();
    }

    private void run(Runnable action) throws Exception {
        var done = on(() -> {
            action.run();
            return true;
        });
        assertThat(done).isTrue();
    }

    private void drained(LogSubscription subscription) throws Exception {
        run(() -> subscription.drained());
    }

    private <T> T on(Callable<T> action) throws Exception {
        return Soon.on(context, action)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}
