package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.Reply;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;

/**
 * A remote controller on the local bus. Owned by its {@link Uplink}, on its context: made when the controller's id is known,
 * deactivated when the uplink stops or finds a different controller at the other end.
 */
final class RemoteController {

    /** The feature of a controller that supports {@code log_credit}. */
    private static final String CREDIT = "log_credit";

    private final Bus bus;
    private final String id;
    private final StatePublisher publisher;
    private final RemoteInventory inventory;
    private final RemoteLogs logs;
    private final RemoteControl control;
    private final ObservedActions observed;
    private final RemoteTails tails;
    private final RemoteStats stats;
    private final RemoteLoad load;
    private final RemoteDetails details;
    private final RemoteDownloads downloads;
    private final RemoteSearches searches;
    private final RemoteClock clock;
    private final List<Registration> registrations = new ArrayList<>();

    /** Null while there is no connection. */
    private WireVersion version;

    /** @param kind how it is reached */
    RemoteController(
            Vertx vertx,
            Bus bus,
            String id,
            LinkKind kind,
            ControllerRest rest,
            UplinkLimits limits,
            ControllerSocket socket) {
        this.bus = bus;
        this.id = id;
        publisher = new StatePublisher(vertx, bus);
        inventory = new RemoteInventory(publisher, id, rest, limits.textsLast());
        logs = new RemoteLogs(rest::get);
        control = new RemoteControl(rest, inventory.list());
        observed = new ObservedActions(vertx, publisher, inventory, limits.actionEnds());
        inventory.onList(observed::observed);
        tails = new RemoteTails(vertx, bus, limits, socket, logs::newest);
        stats = new RemoteStats(vertx, bus, id, socket::send);
        load = new RemoteLoad(rest, id);
        details = new RemoteDetails(rest, id);
        downloads = new RemoteDownloads(vertx, rest);
        searches = new RemoteSearches(vertx, rest, id);
        clock = new RemoteClock(id, kind, socket::send);
    }

    String id() {
        return id;
    }

    /** Starts to answer on the bus. */
    void activate() {
        inventory.activate(true);
        registrations.add(bus.answer(Addresses.containers(id), this::containers));
        registrations.add(bus.reply(Addresses.control(id), this::control));
        registrations.add(bus.answer(Addresses.readLogs(id), this::read));
        registrations.add(bus.answer(Addresses.openTail(id), this::openTail));
        registrations.add(bus.answer(Addresses.watchStats(id), stats::watch));
        registrations.add(bus.answer(Addresses.loadHistory(id), this::loadHistory));
        registrations.add(bus.answer(Addresses.recentLoad(id), this::recentLoad));
        registrations.add(bus.answer(Addresses.details(id), this::details));
        registrations.add(bus.answer(Addresses.openDownload(id), this::openDownload));
        registrations.add(bus.answer(Addresses.pullDownload(id), downloads::pull));
        registrations.add(bus.answer(Addresses.closeDownload(id), downloads::close));
        registrations.add(bus.answer(Addresses.openSearch(id), this::openSearch));
        registrations.add(bus.answer(Addresses.pullSearch(id), searches::pull));
        registrations.add(bus.answer(Addresses.closeSearch(id), searches::close));
        registrations.add(bus.answer(Addresses.clock(id), clock::ask));
        registrations.add(bus.answer(Addresses.closeTail(id), request -> {
            tails.close(request);
            return Future.succeededFuture(new Acknowledged());
        }));
    }

    /** Stops answering: the controller itself is on the bus, or the uplink ends. */
    Future<Void> deactivate() {
        observed.close();
        publisher.release();
        inventory.activate(false);
        tails.close();
        stats.close();
        downloads.close();
        searches.close();
        List<Future<Void>> closing =
                registrations.stream().map(Registration::close).toList();
        registrations.clear();
        return Future.join(closing).mapEmpty();
    }

    boolean isActive() {
        return !registrations.isEmpty();
    }

    void connected(InitialState state) {
        version = WireVersion.of(state.protocol());
        inventory.connected(state.containers());
        tails.connected(version, WireVersion.features(state.features()).contains(CREDIT));
        stats.connected(WireVersion.features(state.features()));
        load.connected(WireVersion.features(state.features()));
        searches.connected(WireVersion.features(state.features()));
        clock.connected(WireVersion.features(state.features()));
    }

    void disconnected() {
        version = null;
        tails.disconnected();
        stats.disconnected();
        clock.disconnected();
    }

    RemoteTails tails() {
        return tails;
    }

    RemoteStats stats() {
        return stats;
    }

    RemoteClock clock() {
        return clock;
    }

    RemoteInventory inventory() {
        return inventory;
    }

    void action(ServerMessage.Action action) {
        if (isActive()) {
            publisher.publish(
                    Addresses.ACTIONS,
                    new ServerMessage.Action(
                            action.id(),
                            id,
                            action.container(),
                            action.action(),
                            action.state(),
                            action.at(),
                            action.message(),
                            action.by()));
        }
    }

    /** The answer that an action is accepted comes before the messages of its effect; one to its end comes after them. */
    private Future<Reply<ControlOutcome>> control(ControlContainer question) {
        boolean observes = version == WireVersion.V1;
        if (observes && question.action() == ContainerAction.KILL) {
            return Future.failedFuture(
                    Refusal.notSupported("controller " + id + " (version 1) cannot kill a container; update it"));
        }
        if (question.toTheEnd()) {
            return control.control(question).map(Reply::of);
        }
        publisher.asked();
        return control.control(question)
                .map(outcome -> observes ? observing(question, outcome) : new Reply<>(outcome, publisher::answered))
                .onFailure(refused -> publisher.answered());
    }

    private Reply<ControlOutcome> observing(ControlContainer question, ControlOutcome accepted) {
        ControlOutcome named = ObservedActions.named(accepted);
        return new Reply<>(named, () -> {
            publisher.answered();
            if (isActive()) {
                observed.begin(question, named);
            }
        });
    }

    private Future<ContainersSnapshot> containers(AskContainers question) {
        return version == null ? unavailable() : inventory.containers(question);
    }

    private Future<LogPage> read(ReadLogs question) {
        return version == null ? unavailable() : logs.read(question, version);
    }

    private Future<LoadHistory> loadHistory(AskLoadHistory question) {
        return version == null ? unavailable() : load.history(question);
    }

    private Future<RecentLoad> recentLoad(AskRecentLoad question) {
        return version == null ? unavailable() : load.recent(question);
    }

    private Future<ContainerDetails> details(AskDetails question) {
        return version == null ? unavailable() : details.details(question, version);
    }

    private Future<DownloadOpened> openDownload(OpenDownload question) {
        return version == null ? unavailable() : downloads.open(question, version);
    }

    private Future<SearchOpened> openSearch(OpenSearch question) {
        return version == null ? unavailable() : searches.open(question);
    }

    /** A version 1 controller echoes only the name, so the question must contain the name. */
    private Future<TailOpened> openTail(OpenTail request) {
        if (version != WireVersion.V1) {
            return tails.open(request);
        }
        Container known = inventory.list().find(request.container());
        if (known == null && !request.waitForContainer()) {
            return Future.failedFuture(Refusal.noSuchContainer(request.container()));
        }
        String name = known == null ? request.container() : known.name();
        return tails.open(new OpenTail(request.subscription(), name, request.from(), request.waitForContainer()));
    }

    private <T> Future<T> unavailable() {
        String why = "there is no connection to controller " + id;
        return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
    }
}
