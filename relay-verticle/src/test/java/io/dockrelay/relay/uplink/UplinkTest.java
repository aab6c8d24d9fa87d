package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.channel.ChannelLimits;
import io.dockrelay.relay.channel.LogChannels;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.channel.RecordingSink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkTest {

    private static final String ID = "far-away";
    private static final UplinkLimits LIMITS = new UplinkLimits(
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(1),
            16 * 1024 * 1024,
            4 * 1024 * 1024,
            64L * 1024 * 1024);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Bus bus = Bus.of(vertx);
    private final FakeController remote = new FakeController(vertx);
    private final List<ControllerPresence> presences = new CopyOnWriteArrayList<>();
    private final List<ContainersChanged> changes = new CopyOnWriteArrayList<>();
    private final List<EngineStatus> engines = new CopyOnWriteArrayList<>();
    private final List<ServerMessage.Action> actions = new CopyOnWriteArrayList<>();
    private LogChannels channels;
    private String deployment;

    @BeforeEach
    void listen() throws Exception {
        ready(bus.subscribe(Addresses.CONTROLLERS, presences::add));
        ready(bus.subscribe(Addresses.CONTAINERS_CHANGED, changes::add));
        ready(bus.subscribe(Addresses.ENGINE_STATUS, engines::add));
        ready(bus.subscribe(Addresses.ACTIONS, actions::add));
        channels = on(() -> new LogChannels(vertx, bus, ChannelLimits.withLines(10_000)));
    }

    @AfterEach
    void close() throws Exception {
        done(on(() -> channels.close()));
        done(vertx.close());
    }

    @Test
    void controllerIsOnTheBusAsLongAsItIsConnected() throws Exception {
        connect();
        ContainersSnapshot list = containers(false);
        assertThat(list.containers()).hasSize(1);
        assertThat(list.containers().getFirst().controller()).isEqualTo(ID);
        assertThat(list.engine().available()).isTrue();
        assertThat(changes).isEmpty();
        done(vertx.undeploy(deployment));
        assertThat(presences.getLast().left()).isTrue();
        assertThat(refusal(() -> containers(false)).kind()).isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
        await().until(() -> remote.subscribed().isEmpty());
    }

    @Test
    void changesEngineAndActionsArePassedOn() throws Exception {
        connect();
        long before = containers(false).revision();
        remote.status = "exited";
        remote.say(statusChange(true));
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().revision()).isEqualTo(before + 1);
        assertThat(changes.getFirst().controller()).isEqualTo(ID);
        assertThat(changes.getFirst().changes().getFirst().currentStatus()).isEqualTo(ContainerStatus.EXITED);
        assertThat(containers(false).containers().getFirst().status()).isEqualTo(ContainerStatus.EXITED);
        remote.say(new JsonObject()
                .put("type", "engine_status")
                .put("available", false)
                .put("since", "2025-11-25T22:52:32.016Z")
                .put("message", "gone"));
        await().until(() -> !engines.isEmpty());
        assertThat(engines.getFirst())
                .isEqualTo(new EngineStatus(ID, false, Instant.parse("2025-11-25T22:52:32.016Z"), "gone"));
        remote.say(new JsonObject()
                .put("type", "action")
                .put("id", "1")
                .put("container", "web")
                .put("action", "stop")
                .put("state", "done"));
        await().until(() -> !actions.isEmpty());
        assertThat(actions.getFirst().controller()).isEqualTo(ID);
    }

    @Test
    void outageEndsWithTheDifferenceAsChanges() throws Exception {
        connect();
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        assertThat(presences.getLast().attempt()).isEqualTo(1);
        assertThat(presences.getLast().retryInMs()).isBetween(0L, 1_000L);
        remote.status = "exited";
        remote.start();
        await().until(() -> presences.getLast().link() == LinkState.CONNECTED);
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().reason()).isEqualTo(ChangeReason.STOPPED);
    }

    @Test
    void freshListComesFromTheController() throws Exception {
        connect();
        assertThat(containers(true).containers()).hasSize(1);
        assertThat(remote.requests).contains("GET /containers");
    }

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
            awaitLast(sink, last);
            assertContiguous(sink);
        }
        assertThat(remote.received("subscribe_logs")).hasSize(1);
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
    void marksKeepTheirPlaceBetweenTheLines() throws Exception {
        connect();
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        String sub = remote.subscribed().getFirst();
        remote.log(1);
        remote.say(new JsonObject()
                .put("type", "log_state")
                .put("container", "web")
                .put("sub", sub)
                .put("state", "restarted")
                .put("at", "2025-11-25T22:52:32.016Z"));
        remote.log(1);
        awaitLast(sink, 1);
        List<Object> told = sink.messages.subList(1, sink.messages.size());
        assertThat(told.get(1)).isInstanceOf(LogState.class);
        assertThat(((LogState) told.get(1)).state()).isEqualTo(LogStateKind.RESTARTED);
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
    void frameThatIsNotUnderstoodIsPassedOver() throws Exception {
        connect();
        remote.sayText("{\"type\":\"new_logs\",\"container\":\"web\"}");
        remote.sayText("nonsense");
        remote.sayText("{\"type\":\"from_the_future\"}");
        remote.status = "paused";
        remote.say(statusChange(true));
        await().until(() -> changes.size() == 1);
        assertThat(remote.connections).hasValue(1);
    }

    @Test
    void connectionWithoutInitialStateIsGivenUp() throws Exception {
        remote.speechless = true;
        deploy();
        await().until(() -> presences.stream().anyMatch(each -> each.link() == LinkState.WAITING));
        remote.speechless = false;
        await().until(() -> connected(ID));
    }

    @Test
    void anotherInitialStateReplacesTheList() throws Exception {
        connect();
        remote.sayText("{\"type\":\"initial_state\",\"controller\":\"far-away\",\"protocol\":1,\"containers\":[]}");
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().reason()).isEqualTo(ChangeReason.REMOVED);
    }

    @Test
    void uplinkKeepsQuietWhileTheControllerIsOnTheBus() throws Exception {
        connect();
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(ID, LinkState.CONNECTED, Instant.now(), 0, null, false, List.of()));
        await().until(() -> refused(() -> containers(false)));
        int spoken = presences.size();
        remote.status = "exited";
        remote.say(statusChange(true));
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(ID, null, Instant.now(), 0, null, false, List.of()));
        await().until(() -> !refused(() -> containers(false)));
        assertThat(changes).isEmpty();
        assertThat(presences.subList(spoken, presences.size()))
                .allMatch(presence -> !presence.uplink() || presence.link() == LinkState.CONNECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "403, NOT_ALLOWED",
        "404, NO_SUCH_CONTAINER",
        "409, CONFLICT",
        "429, TOO_MANY_SUBSCRIPTIONS",
        "501, UNREADABLE",
        "502, ENGINE_ERROR",
        "503, ENGINE_UNAVAILABLE",
        "504, TIMED_OUT",
        "500, INTERNAL",
        "418, ENGINE_ERROR"
    })
    void refusalsKeepTheirKindAndSentence(int status, RefusalKind kind) throws Exception {
        connect();
        remote.httpStatus = status;
        remote.httpBody = "{\"error\":\"it is so\"}";
        Refusal refusal = refusal(() -> FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("web", ContainerAction.START, false, false, null))));
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal).hasMessage("it is so");
        Refusal page = refusal(() -> read(ReadLogs.newest("web", 5)));
        assertThat(page.kind()).isEqualTo(kind);
    }

    @Test
    void silentRestTimesOutAndAnAbsentOneIsUnavailable() throws Exception {
        connect();
        remote.mute = true;
        assertThat(refusal(() -> read(ReadLogs.newest("web", 5))).kind()).isEqualTo(RefusalKind.TIMED_OUT);
        remote.stop();
        Refusal refusal = refusal(() -> FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("web", ContainerAction.START, false, false, null))));
        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
    }

    @Test
    void controlGoesOverRest() throws Exception {
        connect();
        remote.httpStatus = 202;
        remote.httpBody = "{\"status\":\"restarting\",\"container\":\"web\",\"message\":\"on its way\"}";
        var accepted = FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("we b/1", ContainerAction.RESTART, true, false, null)));
        assertThat(accepted.ended()).isFalse();
        remote.httpStatus = 200;
        remote.httpBody = "{\"container\":\"web\",\"status\":\"exited\",\"id\":\"7\"}";
        var ended = FakeController.get(
                bus.ask(Addresses.control(ID), new ControlContainer("web", ContainerAction.STOP, false, true, null)));
        assertThat(ended.ended()).isTrue();
        assertThat(ended.id()).isEqualTo("7");
        assertThat(ended.container().status()).isEqualTo(ContainerStatus.EXITED);
        assertThat(remote.requests)
                .contains("POST /container/we%20b%2F1/restart?force=true", "POST /container/web/stop?wait=300");
    }

    @Test
    void versionOneControllerIsServedTheWholeWay() throws Exception {
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
        remote.say(statusChange(false));
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().container().status()).isEqualTo(ContainerStatus.EXITED);
    }

    private static void ready(Registration registration) throws Exception {
        done(registration.ready());
    }

    private static void done(Future<?> future) throws Exception {
        Object ignored = FakeController.get(future);
        assertThat(future.succeeded()).as("%s", ignored).isTrue();
    }

    private void connect() throws Exception {
        deploy();
        await().until(() -> connected(ID));
    }

    private void deploy() throws Exception {
        remote.start();
        deployment = FakeController.get(vertx.deployVerticle(new Uplink(remote.target(), LIMITS)));
    }

    private boolean connected(String id) {
        return presences.stream()
                .anyMatch(each -> each.controller().equals(id) && each.link() == LinkState.CONNECTED && each.uplink());
    }

    private void open(String subscription) throws Exception {
        var request = new OpenTail(subscription, "web", new TailFrom.Lines(0), false);
        assertThat(FakeController.get(bus.ask(Addresses.openTail(ID), request)).name())
                .isEqualTo("web");
    }

    private JsonObject statusChange(boolean withElement) {
        var change = new JsonObject()
                .put("name", "web")
                .put("previousStatus", "running")
                .putNull("previousHealth")
                .put("currentStatus", remote.status)
                .putNull("currentHealth")
                .put("running", false)
                .put("statusDetail", "Exited");
        if (withElement) {
            change.put("id", "abc123ef0123").put("container", remote.container());
        }
        return new JsonObject()
                .put("type", "status_change")
                .put("timestamp", "2025-11-25T22:53:15.234Z")
                .put("changes", new JsonArray().add(change));
    }

    private ContainersSnapshot containers(boolean fresh) throws Exception {
        return FakeController.get(bus.ask(Addresses.containers(ID), new AskContainers(fresh)));
    }

    private LogPage read(ReadLogs request) throws Exception {
        return FakeController.get(bus.ask(Addresses.readLogs(ID), request));
    }

    private static Refusal refusal(Callable<?> call) {
        try {
            throw new AssertionError("was not refused but answered " + call.call());
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(Refusal.class);
            return (Refusal) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean refused(Callable<?> call) {
        try {
            return call.call() == null;
        } catch (Exception e) {
            return true;
        }
    }

    private static SubscribeLogs lines(int lines) {
        return new SubscribeLogs("web", lines, null, null, false);
    }

    private LogSubscription subscribe(RecordingSink sink, int lines) throws Exception {
        return on(() -> channels.subscribe(ID, lines(lines), sink));
    }

    private static void awaitLast(RecordingSink sink, int number) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            List<Integer> numbers = sink.numbers();
            return !numbers.isEmpty() && numbers.getLast() == number;
        });
    }

    private static void assertContiguous(RecordingSink sink) {
        List<Integer> numbers = sink.numbers();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(numbers.getFirst(), numbers.getLast())
                        .boxed()
                        .toList());
    }

    private <T> T on(Callable<T> action) throws Exception {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> {
            try {
                done.complete(action.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return FakeController.get(done.future());
    }
}
