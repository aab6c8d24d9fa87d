package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.channel.RecordingSink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkTailsTest extends UplinkFixture {

    @Test
    void everyLineOfARemoteFloodComesOnce() throws Exception {
        connect();
        long seed = System.nanoTime();
        System.out.println("seed of the joins: " + seed);
        var random = new Random(seed);
        List<RecordingSink> sinks = new ArrayList<>();
        remote.log(300);
        for (int i = 0; i < 20; i++) {
            sinks.add(new RecordingSink());
            assertThat(subscribe(sinks.get(i), random.nextInt(300))).isNotNull();
            for (int burst = random.nextInt(5); burst >= 0; burst--) {
                remote.log(1 + random.nextInt(20));
            }
        }
        remote.log(1);
        int last = remote.stored() - 1;
        for (RecordingSink sink : sinks) {
            awaitPosition(sink, last);
            List<Integer> numbers = sink.numbers();
            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(last - numbers.size() + 1, last)
                            .boxed()
                            .toList());
        }
        assertThat(remote.received("subscribe_logs")).hasSize(1);
    }

    /** A subscriber that asks for no backlog and joins after the last line gets a position and no line. */
    private static void awaitPosition(RecordingSink sink, int number) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            List<LogFrame> frames = sink.all(LogFrame.class);
            return !frames.isEmpty() && ("c" + number).equals(frames.getLast().cursor());
        });
    }

    @Test
    void wantedTailsSurviveAnOutageAndUnwantedOnesDoNot() throws Exception {
        connect();
        remote.log(10);
        var stays = new RecordingSink();
        assertThat(subscribe(stays, 5)).isNotNull();
        awaitLast(stays, 9);
        var gone = Addresses.lines("other");
        ready(bus.answer(gone, batch -> Future.succeededFuture(BatchTaken.CONTINUE)));
        open("other");
        await().until(() -> remote.subscribed().size() == 2);
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        done(bus.ask(Addresses.closeTail(ID), new CloseTail("other")));
        remote.log(20);
        remote.received.clear();
        remote.start();
        awaitLast(stays, 29);
        assertContiguous(stays);
        assertThat(stays.all(LogGap.class)).isEmpty();
        List<JsonObject> again = remote.received("subscribe_logs");
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().getString("after")).isEqualTo("c9");
        assertThat(again.getFirst().getBoolean("wait")).isTrue();
        assertThat(remote.subscribed()).hasSize(1).doesNotContain("other");
    }

    @Test
    void creditIsGrantedAgainOnlyAsTheReceiverTakes() throws Exception {
        remote.credit = true;
        connect();
        var sink = new RecordingSink();
        LogSubscription subscription = subscribe(sink, 0);
        await().until(() -> sink.snapshot() != null);
        List<JsonObject> requests = List.copyOf(remote.received);
        assertThat(requests.get(0).getString("type")).isEqualTo("subscribe_logs");
        assertThat(requests.get(1).getString("type")).isEqualTo("log_credit");
        assertThat(requests.get(1).getString("sub")).isEqualTo(requests.get(0).getString("sub"));
        assertThat(granted()).isEqualTo(LIMITS.creditBytes());

        sink.full = true;
        remote.log(LIMITS.creditBytes() / 45);
        remote.log(LIMITS.creditBytes() / 45);
        await().during(Duration.ofMillis(300)).until(() -> granted() <= 2L * LIMITS.creditBytes());
        long before = granted();
        remote.log(LIMITS.creditBytes() / 45);
        await().during(Duration.ofMillis(300)).until(() -> granted() == before);
        sink.full = false;
        Object nothing = on(() -> {
            subscription.drained();
            return null;
        });
        assertThat(nothing).isNull();
        awaitLast(sink, remote.stored() - 1);
        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        await().until(() -> granted() >= 3L * LIMITS.creditBytes());
    }

    @Test
    void receiverThatJumpsIsSubscribedAgainAtTheNewestLine() throws Exception {
        remote.credit = true;
        connect();
        var batches = new CopyOnWriteArrayList<LogBatch>();
        Promise<BatchTaken> held = Promise.promise();
        ready(bus.answer(Addresses.lines("mine"), batch -> {
            batches.add(batch);
            return batch.sequence() == 1 ? held.future() : Future.succeededFuture(BatchTaken.CONTINUE);
        }));
        open("mine");
        await().until(() -> batches.size() == 1);
        remote.log(10);
        await().until(() -> batches.size() == 2);
        remote.log(100);
        remote.send(new JsonObject().put("type", "ping"));
        held.complete(BatchTaken.JUMP);
        await().until(() -> batches.stream()
                .anyMatch(batch -> batch.lines().lines().contains(io.dockrelay.relay.channel.Lines.line(109))));
        LogBatch present = batches.getLast();
        assertThat(present.marks()).containsExactly(new TailMark.Gap(GapReason.SLOW_CLIENT, "c9", "c109", null));
        assertThat(present.lines().count()).isEqualTo(1);
        assertThat(remote.received("subscribe_logs")).hasSize(2);
        remote.log(1);
        await().until(() -> "c110".equals(batches.getLast().cursor()));
        assertThat(batches.getLast().marks()).isEmpty();
    }

    /** Has received ten lines; then the connection is lost, and the controller cannot continue after them. */
    private RecordingSink sinkThatCannotBeResumed() throws Exception {
        remote.log(10);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        awaitLast(sink, 9);
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        remote.cannotResume = "rotated";
        return sink;
    }

    @Test
    void gapReasonOfTheControllerIsPassedOn() throws Exception {
        connect();
        RecordingSink sink = sinkThatCannotBeResumed();
        remote.log(20);
        remote.start();
        awaitLast(sink, 29);
        LogGap gap = sink.all(LogGap.class).getFirst();
        assertThat(sink.all(LogGap.class)).hasSize(1);
        assertThat(gap.reason()).isEqualTo(GapReason.ROTATED);
        assertThat(gap.from()).isEqualTo("c9");
        assertThat(gap.to()).isEqualTo("c10");
    }

    @Test
    void snapshotThatUsesAllCreditDoesNotBlockItsGap() throws Exception {
        remote.credit = true;
        connect();
        RecordingSink sink = sinkThatCannotBeResumed();
        remote.gapWaitsForCredit = true;
        int missed = 2 * LIMITS.creditBytes() / 45;
        remote.log(missed);
        remote.start();
        awaitLast(sink, 9 + missed);
        assertThat(sink.all(LogGap.class)).extracting(LogGap::reason).containsExactly(GapReason.ROTATED);
    }

    @Test
    void firstSnapshotWithoutItsGapIsRequestedAgain() throws Exception {
        remote.log(20);
        remote.cannotResume = "rotated";
        remote.gapIsLost = true;
        connect();
        var batches = new CopyOnWriteArrayList<LogBatch>();
        ready(bus.answer(Addresses.lines("mine"), batch -> {
            batches.add(batch);
            return Future.succeededFuture(BatchTaken.CONTINUE);
        }));
        var request = new OpenTail("mine", "web", new TailFrom.After("c5"), false);
        done(bus.ask(Addresses.openTail(ID), request));
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        remote.cannotResume = null;
        remote.start();
        await().until(() -> !batches.isEmpty());
        remote.log(1);
        await().until(() -> "c20".equals(batches.getLast().cursor()));
        assertThat(batches.getFirst().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(batches).allMatch(batch -> batch.marks().isEmpty());
        assertThat(batches.stream().flatMap(batch -> batch.lines().lines().stream()))
                .isEqualTo(IntStream.rangeClosed(6, 20)
                        .mapToObj(io.dockrelay.relay.channel.Lines::line)
                        .toList());
    }

    @Test
    void refusedTailIsSubscribedOnceOnTheNextConnection() throws Exception {
        connect();
        remote.log(10);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        awaitLast(sink, 9);
        remote.send(new JsonObject()
                .put("type", "error")
                .put("code", "too_many_subscriptions")
                .put("message", "there are 256 already")
                .put("container", "web")
                .put("request", "subscribe_logs")
                .put("sub", remote.subscribed().getFirst()));
        remote.awaitReceived();
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        remote.received.clear();
        remote.start();
        await().until(() -> remote.received("subscribe_logs").size() == 1);
        await().during(Duration.ofMillis(2_300))
                .until(() -> remote.received("subscribe_logs").size() == 1);
    }

    private long granted() {
        return remote.received("log_credit").stream()
                .mapToLong(message -> message.getInteger("bytes"))
                .sum();
    }

    @Test
    void marksKeepTheirPositionBetweenTheLines() throws Exception {
        connect();
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        String sub = remote.subscribed().getFirst();
        remote.log(1);
        remote.send(new JsonObject()
                .put("type", "log_state")
                .put("container", "web")
                .put("sub", sub)
                .put("state", "restarted")
                .put("at", "2025-11-25T22:52:32.016Z"));
        remote.log(1);
        awaitLast(sink, 1);
        List<Object> marksAndLines = sink.messages.subList(1, sink.messages.size());
        assertThat(marksAndLines.get(1)).isInstanceOf(LogState.class);
        assertThat(((LogState) marksAndLines.get(1)).state()).isEqualTo(LogStateKind.RESTARTED);
        assertThat(sink.numbers()).containsExactly(0, 1);
    }

    @Test
    void closedTailIsUnsubscribed() throws Exception {
        connect();
        var sink = new RecordingSink();
        LogSubscription subscription = subscribe(sink, 5);
        await().until(() -> sink.snapshot() != null);
        assertThat(remote.subscribed()).hasSize(1);
        Object nothing = on(() -> {
            subscription.close();
            return null;
        });
        assertThat(nothing).isNull();
        await().until(() -> remote.subscribed().isEmpty());
    }

    @Test
    void unknownContainerIsRefused() throws Exception {
        connect();
        var sink = new RecordingSink();
        var request = new SubscribeLogs("nothing", 5, null, null, false);
        assertThat(on(() -> channels.subscribe(ID, request, sink))).isNotNull();
        await().until(() -> sink.refusal != null);
        assertThat(sink.refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        assertThat(sink.refusal).hasMessage("there is no such container");
    }

    @Test
    void linesAndChangesOfAVersionOneControllerArrive() throws Exception {
        remote.v1 = true;
        remote.log(10);
        deploy();
        String placeholder = remote.target().placeholder();
        await().until(() -> connected(placeholder));
        var sink = new RecordingSink();
        var other = new RecordingSink();
        assertThat(on(() -> channels.subscribe(placeholder, lines(3), sink))).isNotNull();
        awaitLast(sink, 9);
        remote.log(5);
        awaitLast(sink, 14);
        assertThat(on(() -> channels.subscribe(placeholder, lines(8), other))).isNotNull();
        awaitLast(other, 14);
        assertThat(sink.numbers()).isEqualTo(IntStream.range(7, 15).boxed().toList());
        assertThat(other.numbers()).isEqualTo(IntStream.range(7, 15).boxed().toList());
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        remote.log(20);
        remote.start();
        awaitLast(sink, 34);
        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        assertThat(remote.received("subscribe_logs")).allMatch(message -> !message.containsKey("sub"));
        remote.status = "exited";
        remote.send(statusChange(false));
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().container().status()).isEqualTo(ContainerStatus.EXITED);
    }
}
