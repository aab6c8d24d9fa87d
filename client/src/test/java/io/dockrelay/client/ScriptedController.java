package io.dockrelay.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.Reply;
import io.dockrelay.protocol.bus.tail.TailSender;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A controller on the bus with one container, {@code web}, whose lines, changes and faults the test decides. Its tails are those
 * of {@link TailSender}. The store outlives it: another instance with the same store is the controller after its restart.
 */
final class ScriptedController extends VerticleBase {

    static final String ID = "edge-1";
    private static final Logger log = LoggerFactory.getLogger(ScriptedController.class);
    private static final String TIMESTAMP = "2025-11-25T22:52:30.123456789Z ";
    private static final int BATCH = 3;

    /** The container's log. */
    static final class Store {
        final List<String> lines = new ArrayList<>();
    }

    final BlockingQueue<WatchStats> watches = new LinkedBlockingQueue<>();
    final BlockingQueue<ControlContainer> actions = new LinkedBlockingQueue<>();
    private final Store store;
    private final Instant since = Instant.now();
    private final Map<String, Tail> tails = new ConcurrentHashMap<>();
    private final List<Registration> registrations = new ArrayList<>();
    private Bus bus;
    private Periodic announcing;
    private long revision;
    private ContainerList list;

    /** Of the next call; null to accept it. */
    private volatile Refusal refusal;

    private volatile boolean loses;

    ScriptedController(Store store, ContainerStatus status) {
        this.store = store;
        list = new ContainerList(List.of(web(status)));
    }

    static Container web(ContainerStatus status) {
        return new Container(
                "web",
                "web",
                status,
                null,
                null,
                "0123456789ab",
                true,
                ID,
                Actions.none("no"),
                Details.NOTHING_KNOWN,
                null);
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        announcing = new Periodic(vertx);
        registrations.add(bus.answer(Addresses.openTail(ID), this::open));
        registrations.add(bus.answer(Addresses.closeTail(ID), this::close));
        registrations.add(bus.answer(
                Addresses.containers(ID),
                asked -> Future.succeededFuture(new ContainersSnapshot(
                        ID, revision, since, new EngineStatus(ID, true, since, null), list.containers()))));
        registrations.add(bus.answer(Addresses.watchStats(ID), watch -> {
            watches.add(watch);
            return Future.succeededFuture(new Acknowledged());
        }));
        registrations.add(bus.reply(Addresses.control(ID), this::control));
        registrations.add(bus.subscribe(Addresses.ROLL_CALL, call -> announce(LinkState.CONNECTED)));
        announcing.start(Addresses.ANNOUNCE_EVERY, () -> announce(LinkState.CONNECTED));
        announce(LinkState.CONNECTED);
        return Future.all(registrations.stream().map(Registration::ready).toList());
    }

    /** Dies: without a word, and with its tails. */
    @Override
    public Future<?> stop() {
        announcing.cancel();
        tails.values().forEach(tail -> tail.sender.close());
        return Future.all(registrations.stream().map(Registration::close).toList());
    }

    void leave() {
        onContext(() -> {
            announcing.cancel();
            announce(null);
        });
    }

    void write(String... texts) {
        onContext(() -> {
            store.lines.addAll(List.of(texts));
            tails.values().forEach(tail -> tail.sender.send());
        });
    }

    /** The next batch of a tail is lost on the bus. */
    void loseABatch() {
        onContext(() -> loses = true);
    }

    void refuse(Refusal next) {
        refusal = next;
    }

    /** @param published whether the change arrives */
    void become(ContainerStatus status, boolean published) {
        onContext(() -> {
            Change change =
                    Change.of(list.find("web").orElseThrow(), web(status), ChangeReason.STOPPED, null, Instant.now());
            list = list.with(change);
            revision++;
            if (published) {
                bus.publish(
                        Addresses.CONTAINERS_CHANGED,
                        new ContainersChanged(ID, revision, Instant.now(), List.of(change)));
            }
        });
    }

    /** The progress of the action with this id. */
    void publish(String id, ControlContainer asked, ActionState state, String message) {
        bus.publish(
                Addresses.ACTIONS,
                new ServerMessage.Action(
                        id, ID, asked.container(), asked.action(), state, Instant.now(), message, asked.by()));
    }

    int tails() {
        return tails.size();
    }

    private void onContext(Runnable step) {
        context.runOnContext(turn -> step.run());
    }

    private void announce(LinkState link) {
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(ID, link, since, 0, null, false, List.of()));
    }

    private Future<Reply<ControlOutcome>> control(ControlContainer asked) {
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        String id = "action-" + (actions.size() + 1);
        var outcome = new ControlOutcome(id, asked.action(), list.find("web").orElseThrow(), false);
        return Future.succeededFuture(new Reply<>(outcome, () -> {
            publish("of another", asked, ActionState.FAILED, "not yours");
            publish(id, asked, ActionState.ACCEPTED, null);
            actions.add(asked);
        }));
    }

    private Future<TailOpened> open(OpenTail request) {
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        int from = request.from() instanceof TailFrom.After after
                ? Integer.parseInt(after.cursor())
                : Math.max(0, store.lines.size() - ((TailFrom.Lines) request.from()).count());
        var tail = new Tail(request, from);
        tails.put(request.subscription(), tail);
        context.runOnContext(afterTheAnswer -> tail.sender.send());
        return Future.succeededFuture(new TailOpened("web"));
    }

    private Future<Acknowledged> close(CloseTail request) {
        Tail tail = tails.remove(request.subscription());
        if (tail != null) {
            tail.sender.close();
        }
        return Future.succeededFuture(new Acknowledged());
    }

    private final class Tail implements TailSender.Tail {

        private final OpenTail request;
        private final TailSender sender;
        private int next;

        Tail(OpenTail request, int from) {
            this.request = request;
            next = from;
            sender = new TailSender(vertx, bus, request.subscription(), this);
        }

        @Override
        public String container() {
            return "web";
        }

        @Override
        public String delivered() {
            return next == 0 ? null : Integer.toString(next);
        }

        @Override
        public LogBatch next(long sequence) {
            if (sequence > 0 && next == store.lines.size()) {
                return null;
            }
            if (sequence > 0 && loses) {
                loses = false;
                var unused = lines();
                return batch(sequence + 1);
            }
            return batch(sequence);
        }

        private LogBatch batch(long sequence) {
            var lines = lines();
            var slice = new LogSlice(lines.take(), null, delivered());
            Resumption resumption = request.from() instanceof TailFrom.After ? Resumption.RESUMED : Resumption.FRESH;
            return sequence > 0
                    ? LogBatch.of(sequence, "web", List.of(), slice)
                    : new LogBatch(0, "web", List.of(), slice, false, resumption);
        }

        private LineBlockBuilder lines() {
            var builder = new LineBlockBuilder();
            for (int i = 0; i < BATCH && next < store.lines.size(); i++) {
                byte[] line = (TIMESTAMP + store.lines.get(next++)).getBytes(UTF_8);
                builder.line('o', line, 0, line.length);
            }
            return builder;
        }

        @Override
        public void ready() {
            sender.send();
        }

        @Override
        public void jump() {
            sender.send();
        }

        @Override
        public void receiverGone(String why) {
            log.info("the reader of {} is gone: {}", request.subscription(), why);
            tails.remove(request.subscription());
        }
    }
}
