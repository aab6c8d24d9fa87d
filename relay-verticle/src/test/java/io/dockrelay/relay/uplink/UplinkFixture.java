package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.LogChannels;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.channel.RecordingSink;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.TestFleet;
import io.dockrelay.relay.reads.LogReads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An uplink to a fake controller, and its messages on the bus. */
abstract class UplinkFixture {

    static final String ID = "far-away";
    static final UplinkLimits LIMITS = new UplinkLimits(
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            16 * 1024 * 1024,
            64 * 1024,
            4 * 1024 * 1024,
            64L * 1024 * 1024);

    final Vertx vertx = Vertx.vertx();
    final Context context = vertx.getOrCreateContext();
    final Bus bus = Bus.of(vertx);
    final FakeController remote = new FakeController(vertx);
    final List<ControllerPresence> presences = new CopyOnWriteArrayList<>();
    final List<ContainersChanged> changes = new CopyOnWriteArrayList<>();
    final List<EngineStatus> engines = new CopyOnWriteArrayList<>();
    final List<ServerMessage.Action> actions = new CopyOnWriteArrayList<>();
    LogChannels channels;
    String deployment;

    @BeforeEach
    void listen() throws Exception {
        ready(bus.subscribe(Addresses.CONTROLLERS, presences::add));
        ready(bus.subscribe(Addresses.CONTAINERS_CHANGED, changes::add));
        ready(bus.subscribe(Addresses.ENGINE_STATUS, engines::add));
        ready(bus.subscribe(Addresses.ACTIONS, actions::add));
        channels = on(() -> new LogChannels(vertx, bus, new LogReads(bus), ChannelLimits.withLines(10_000)));
        TestFleet.inform(vertx, event -> context.runOnContext(now -> channels.onController(event)));
    }

    @AfterEach
    void close() throws Exception {
        context.runOnContext(now -> channels.close());
        done(vertx.close());
    }

    static void ready(Registration registration) throws Exception {
        done(registration.ready());
    }

    static void done(Future<?> future) throws Exception {
        Object ignored = FakeController.get(future);
        assertThat(future.succeeded()).as("%s", ignored).isTrue();
    }

    /**
     * Deploys the uplink and waits for its connection. The first one in a JVM loads many classes on the event loops, so on
     * a busy machine several attempts time out before one succeeds.
     */
    void connect() throws Exception {
        deploy();
        await().atMost(Duration.ofSeconds(30)).until(() -> connected(ID));
    }

    void deploy() throws Exception {
        remote.start();
        deployment =
                FakeController.get(vertx.deployVerticle(new Uplink(remote.target(), LIMITS, new RepresentedIds())));
    }

    boolean connected(String id) {
        return presences.stream()
                .anyMatch(each -> each.controller().equals(id) && each.link() == LinkState.CONNECTED && each.uplink());
    }

    void open(String subscription) throws Exception {
        var request = new OpenTail(subscription, "web", new TailFrom.Lines(0), false);
        assertThat(FakeController.get(bus.ask(Addresses.openTail(ID), request)).name())
                .isEqualTo("web");
    }

    JsonObject statusChange(boolean withElement) {
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

    ContainersSnapshot containers(boolean fresh) throws Exception {
        return FakeController.get(bus.ask(Addresses.containers(ID), new AskContainers(fresh)));
    }

    LogPage read(ReadLogs request) throws Exception {
        return FakeController.get(bus.ask(Addresses.readLogs(ID), request));
    }

    static Refusal refusal(Callable<?> call) {
        try {
            throw new AssertionError("was not refused but answered " + call.call());
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(Refusal.class);
            return (Refusal) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static boolean refused(Callable<?> call) {
        try {
            return call.call() == null;
        } catch (Exception e) {
            return true;
        }
    }

    static SubscribeLogs lines(int lines) {
        return new SubscribeLogs("web", lines, null, null, false);
    }

    LogSubscription subscribe(RecordingSink sink, int lines) throws Exception {
        return on(() -> channels.subscribe(ID, lines(lines), sink));
    }

    static void awaitLast(RecordingSink sink, int number) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            List<Integer> numbers = sink.numbers();
            return !numbers.isEmpty() && numbers.getLast() == number;
        });
    }

    static void assertContiguous(RecordingSink sink) {
        List<Integer> numbers = sink.numbers();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(numbers.getFirst(), numbers.getLast())
                        .boxed()
                        .toList());
    }

    <T> T on(Callable<T> action) throws Exception {
        return FakeController.get(Soon.on(context, action));
    }
}
