package io.dockrelay.relay.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.TestFleet;
import io.dockrelay.relay.reads.LogReads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A browser resumes after a restart of the relay while no container has the name: the channel has read nothing, so all
 * lines of the container that comes next are new to it.
 */
class ContainerMissingTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final SubscribeLogs RESUMES = new SubscribeLogs("web", 1_000, "c40", null, true);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ScriptedController controller = new ScriptedController(vertx);
    private final RecordingSink back = new RecordingSink();
    private LogChannels channels;

    @BeforeEach
    void open() throws Exception {
        Bus bus = Bus.of(vertx);
        channels = on(() -> new LogChannels(vertx, bus, new LogReads(bus), ChannelLimits.withLines(10_000)));
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
        controller.exists = false;
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
    void containerThatIsRenamedForAMomentRepeatsNoLine() throws Exception {
        controller.log(100);
        controller.tailsBeginLate = true;
        watch(RESUMES, back);
        await().atMost(SOON).until(() -> back.snapshot() != null);

        controller.exists = true;
        controller.tailsBegin();
        controller.log(1);
        await().atMost(SOON).until(() -> back.numbers().contains(100));

        assertThat(back.numbers()).isEqualTo(numbers(41, 101));
        assertThat(back.all(LogGap.class)).isEmpty();
        assertThat(back.all(LogFrame.class))
                .filteredOn(LogFrame::snapshot)
                .extracting(LogFrame::resumption)
                .containsExactly(Resumption.RESUMED, Resumption.RESUMED);
        assertThat(back.all(LogState.class))
                .extracting(LogState::state)
                .containsExactly(LogStateKind.WAITING, LogStateKind.FOLLOWING);
    }

    @Test
    void subscriberLearnsOnceThatThereIsNoContainerAndTheStoreIsNotReadWithoutNews() throws Exception {
        watch(RESUMES, back);
        await().atMost(SOON).until(() -> !back.all(LogState.class).isEmpty());

        assertThat(back.snapshot().lines().isEmpty()).isTrue();
        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(back.snapshot().cursor()).isEqualTo("c40");
        assertThat(back.snapshot().moreBefore()).isFalse();
        int reads = controller.readsWithoutContainer.get();
        mark(LogStateKind.WAITING);
        await("another attempt at the news").atMost(SOON).until(() -> controller.readsWithoutContainer.get() > reads);
        await("no further attempt")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> controller.readsWithoutContainer.get() == reads + 1);
        assertThat(back.messages).hasSize(2);
        assertThat(back.refusal).isNull();
    }

    @Test
    void successorWithoutLinesEndsTheWaitWithAGap() throws Exception {
        watch(RESUMES, back);
        await().atMost(SOON).until(() -> !back.all(LogState.class).isEmpty());

        controller.exists = true;
        mark(LogStateKind.FOLLOWING);
        await().atMost(SOON).until(() -> !back.all(LogGap.class).isEmpty());
        controller.log(3);
        await().atMost(SOON).until(() -> back.numbers().contains(2));

        assertThat(back.numbers()).isEqualTo(numbers(0, 3));
        assertThat(back.all(LogGap.class)).extracting(LogGap::from).containsExactly("c40");
        assertThat(back.all(LogState.class).getLast().state()).isEqualTo(LogStateKind.FOLLOWING);
    }

    @Test
    void newsBeforeTheAnswerThatThereIsNoContainerIsNotMissed() throws Exception {
        controller.pageDelay = 500;
        watch(RESUMES, back);
        await().atMost(SOON).until(() -> controller.readsWithoutContainer.get() == 1);

        controller.exists = true;
        mark(LogStateKind.FOLLOWING);

        await().atMost(SOON).until(() -> !back.all(LogGap.class).isEmpty());
        assertThat(controller.readsWithoutContainer.get()).isEqualTo(1);
        assertThat(back.snapshot().resumption()).isEqualTo(Resumption.NOT_RESUMED);
    }

    @Test
    void fullBrowserLearnsThatThereIsNoContainerWhenItHasDrained() throws Exception {
        controller.pageDelay = 500;
        LogSubscription subscription = subscribe(RESUMES, back);
        await().atMost(SOON).until(() -> controller.readsWithoutContainer.get() == 1);
        back.full = true;
        var sharesTheRead = new RecordingSink();
        watch(RESUMES, sharesTheRead);
        await().atMost(SOON).until(() -> !sharesTheRead.all(LogState.class).isEmpty());
        assertThat(back.messages).isEmpty();

        back.full = false;
        boolean drained = on(() -> {
            subscription.drained();
            return true;
        });

        assertThat(drained).isTrue();
        await().atMost(SOON).until(() -> !back.all(LogState.class).isEmpty());
        assertThat(back.snapshot().cursor()).isEqualTo("c40");
    }

    @Test
    void onlyASubscriberThatWaitsWaits() throws Exception {
        controller.tailsBeginLate = true;
        watch(RESUMES, back);
        await().atMost(SOON).until(() -> !back.all(LogState.class).isEmpty());
        var asks = new RecordingSink();
        var fresh = new RecordingSink();
        watch(new SubscribeLogs("web", 1_000, "c40", null, false), asks);
        watch(new SubscribeLogs("web", 1_000, null, null, true), fresh);

        await().atMost(SOON).until(() -> asks.refusal != null && fresh.snapshot() != null);

        assertThat(asks.messages).isEmpty();
        assertThat(fresh.snapshot().resumption()).isEqualTo(Resumption.FRESH);
        assertThat(fresh.snapshot().cursor()).isNull();
    }

    private void mark(LogStateKind state) throws Exception {
        controller.mark(new TailMark.State(state, "web", Instant.EPOCH, null));
    }

    private void watch(SubscribeLogs request, RecordingSink sink) throws Exception {
        assertThat(subscribe(request, sink)).isNotNull();
    }

    private LogSubscription subscribe(SubscribeLogs request, RecordingSink sink) throws Exception {
        return on(() -> channels.subscribe(ScriptedController.ID, request, sink));
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
