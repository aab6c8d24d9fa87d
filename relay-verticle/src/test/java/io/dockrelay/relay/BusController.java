package io.dockrelay.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A scripted controller on the bus. For the test's own thread. */
public final class BusController implements AutoCloseable {

    public final List<ControlContainer> controls = new CopyOnWriteArrayList<>();
    public final List<ReadLogs> reads = new CopyOnWriteArrayList<>();
    public final List<AskLoadHistory> histories = new CopyOnWriteArrayList<>();

    /** The refusal of every action; null to let it succeed. */
    public volatile Refusal refusal;

    /** True to leave requests that wait for the end of an action without an answer. */
    public volatile boolean slow;

    private final String id;
    private final Bus bus;
    private final List<Registration> registrations = new ArrayList<>();
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private Instant since = Instant.now();
    private volatile EngineStatus engine;
    private long revision = 1;

    public BusController(Vertx vertx, String id, Container... known) {
        this.id = id;
        this.bus = Bus.of(vertx);
        this.engine = new EngineStatus(id, true, since, null);
        for (Container container : known) {
            containers.put(container.name(), container.withController(id));
        }
        registrations.add(bus.answer(Addresses.containers(id), this::list));
        registrations.add(bus.answer(Addresses.control(id), this::control));
        registrations.add(bus.answer(Addresses.readLogs(id), this::page));
        registrations.add(bus.answer(Addresses.loadHistory(id), this::history));
        registrations.add(bus.answer(Addresses.recentLoad(id), this::recent));
        for (Registration registration : registrations) {
            Soon.done(registration.ready());
        }
        announce();
    }

    public void announce() {
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(id, LinkState.CONNECTED, since, 0, null, false, List.of()));
    }

    /** The controller has started again. */
    public void returns() {
        since = Instant.now();
        announce();
    }

    public void leaves() {
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(id, null, Instant.now(), 0, null, false, List.of()));
    }

    /** A change that is published. */
    public synchronized void becomes(Container now, ChangeReason reason) {
        bus.publish(Addresses.CONTAINERS_CHANGED, news(now, reason));
    }

    /** A change whose message is lost: a hole in the revisions. */
    public synchronized void changesWithoutMessage(Container now, ChangeReason reason) {
        revision = news(now, reason).revision();
    }

    public synchronized void removes(String name) {
        reports(Change.removed(containers.remove(name), Instant.now()));
    }

    /** A change that is published as it is, whatever the list has. */
    public synchronized void reports(Change change) {
        revision++;
        bus.publish(Addresses.CONTAINERS_CHANGED, new ContainersChanged(id, revision, change.at(), List.of(change)));
    }

    public void engine(boolean available, String message) {
        engine = new EngineStatus(id, available, Instant.now(), message);
        bus.publish(Addresses.ENGINE_STATUS, engine);
    }

    public void acts(ServerMessage.Action action) {
        bus.publish(Addresses.ACTIONS, action);
    }

    @Override
    public void close() {
        for (Registration registration : registrations) {
            Soon.done(registration.close());
        }
    }

    private ContainersChanged news(Container container, ChangeReason reason) {
        Container now = container.withController(id);
        Container before = containers.put(now.name(), now);
        revision++;
        Instant at = Instant.now();
        Change change = before == null ? Change.appeared(now, reason, at) : Change.of(before, now, reason, null, at);
        return new ContainersChanged(id, revision, at, List.of(change));
    }

    private synchronized Future<ContainersSnapshot> list(AskContainers question) {
        return Future.succeededFuture(
                new ContainersSnapshot(id, revision, Instant.now(), engine, List.copyOf(containers.values())));
    }

    private synchronized Future<ControlOutcome> control(ControlContainer question) {
        controls.add(question);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        if (slow && question.toTheEnd()) {
            return Future.failedFuture(new Refusal(RefusalKind.TIMED_OUT, "too slow"));
        }
        Container container = containers.get(question.container());
        return Future.succeededFuture(new ControlOutcome("a-1", question.action(), container, question.toTheEnd()));
    }

    private Future<LoadHistory> history(AskLoadHistory question) {
        histories.add(question);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        return Future.succeededFuture(
                WireJson.read(golden("load_history"), LoadHistory.class).withController(id));
    }

    /** The example, and the same load for each container of the list. */
    private synchronized Future<RecentLoad> recent(AskRecentLoad question) {
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        RecentLoad example = WireJson.read(golden("recent_load"), RecentLoad.class);
        List<RecentLoad.Item> items = new ArrayList<>(example.items());
        containers
                .values()
                .forEach(container -> items.add(
                        new RecentLoad.Item(container.name(), container.id(), null, List.of(0.5), List.of(1L))));
        return Future.succeededFuture(new RecentLoad(
                id, example.since(), example.stepMs(), example.host().withController(id), items));
    }

    private static byte[] golden(String name) {
        try (InputStream in = LoadHistory.class.getResourceAsStream("/golden/" + name + ".json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Future<LogPage> page(ReadLogs question) {
        reads.add(question);
        var lines = new LineBlockBuilder();
        byte[] line = "2025-11-25T22:52:30.123456789Z a \"line\"".getBytes(UTF_8);
        lines.line('o', line, 0, line.length);
        return Future.succeededFuture(new LogPage(
                question.container(), new LogSlice(lines.take(), "Zmlyc3Q", "bGFzdA"), true, false, true, List.of()));
    }
}
