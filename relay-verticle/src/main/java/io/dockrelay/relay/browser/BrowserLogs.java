package io.dockrelay.relay.browser;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ClientMessage.LogCredit;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.ClientMessage.UnsubscribeLogs;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.TailFrames;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.channel.LogSink;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.fleet.FleetLookup;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

/**
 * The logs that one browser follows: at most one per container and {@code sub}, whichever of its names was requested. A
 * subscription that waits for a container that no controller lists yet is kept here until its name appears; one that did not
 * request that waits only while controllers have not been heard of since the relay's start. Owned by the session, on its
 * context.
 */
final class BrowserLogs {

    private static final String TYPE = "subscribe_logs";

    /** Of a container that no controller lists. */
    private static final LogSnapshot NO_SNAPSHOT = new LogSnapshot(LogSlice.NONE, null, null, Resumption.FRESH);

    private final Supplier<Caller> caller;
    private final LogSubscriptions source;
    private final BrowserOutput out;
    private final Clock clock;

    /** Called when their number has changed. */
    private final Runnable counted;

    private final List<Followed> followed = new ArrayList<>();

    /** The log that is served next when there is room again: otherwise a flooding first log would take all of it. */
    private int turn;

    /**
     * @param caller the browser's, with its rights of now
     * @param counted called when {@link #size} has changed
     */
    BrowserLogs(Supplier<Caller> caller, LogSubscriptions source, BrowserOutput out, Clock clock, Runnable counted) {
        this.caller = caller;
        this.source = source;
        this.out = out;
        this.clock = clock;
        this.counted = counted;
    }

    int size() {
        return followed.size();
    }

    /** Whether this would be an additional log. */
    boolean adds(SubscribeLogs request) {
        return followed.stream().noneMatch(meantBy(request.container(), request.sub()));
    }

    void subscribe(SubscribeLogs request) {
        FleetLookup found = view().find(null, request.container());
        if (mustWait(found, request)) {
            end(meantBy(request.container(), request.sub()));
            waitFor(request);
            return;
        }
        try {
            Container container = caller.get().container(Permission.LOGS, null, request.container());
            end(meantBy(request.container(), request.sub()));
            Followed log = new Followed(request);
            add(log);
            log.open(container);
        } catch (Refusal refusal) {
            refuse(request, refusal.kind().errorCode(), refusal.getMessage());
        }
    }

    void unsubscribe(UnsubscribeLogs request) {
        end(meantBy(request.container(), request.sub()));
    }

    void refuse(SubscribeLogs request, ErrorCode code, String message) {
        out.send(WireJson.write(new ServerMessage.Failure(code, message, request.container(), TYPE, request.sub())));
    }

    /** A browser's socket is its own credit. */
    void refuse(LogCredit credit) {
        out.send(WireJson.write(new ServerMessage.Failure(
                ErrorCode.UNSUPPORTED_TYPE,
                "credit is between a relay and a controller",
                credit.container(),
                "log_credit",
                credit.sub())));
    }

    /** The list or what is known of it has changed: a container that a log waits for may exist now, or certainly does not. */
    void fleetChanged() {
        for (Followed log : List.copyOf(followed)) {
            if (log.isWaiting() && !staysWaiting(view().find(null, log.request.container()), log.request)) {
                begin(log);
            }
        }
    }

    private static boolean mustWait(FleetLookup found, SubscribeLogs request) {
        return found instanceof FleetLookup.Undecided || (found instanceof FleetLookup.None && request.waiting());
    }

    /** One that waits by request waits for exactly one container. */
    private static boolean staysWaiting(FleetLookup found, SubscribeLogs request) {
        return request.waiting() ? !(found instanceof FleetLookup.One) : found instanceof FleetLookup.Undecided;
    }

    /** Ends the logs that the browser may not read any more, for whatever reason. */
    void checkRights() {
        for (Followed log : List.copyOf(followed)) {
            if (!log.isPermitted()) {
                remove(log);
                log.close();
                refuse(log.request, ErrorCode.NOT_ALLOWED, "Your rights to this log have ended.");
            }
        }
    }

    void drained() {
        List<Followed> logs = List.copyOf(followed);
        for (int served = 0; served < logs.size() && !out.full(); served++) {
            turn = (turn + 1) % logs.size();
            logs.get(turn).drained();
        }
    }

    void close() {
        end(any -> true);
    }

    private void begin(Followed log) {
        try {
            log.open(caller.get().container(Permission.LOGS, null, log.request.container()));
        } catch (Refusal refusal) {
            remove(log);
            refuse(log.request, refusal.kind().errorCode(), refusal.getMessage());
        }
    }

    private FleetView view() {
        return caller.get().view();
    }

    private void waitFor(SubscribeLogs request) {
        String name = request.container();
        add(new Followed(request));
        var frames = new TailFrames(null, request.sub());
        // Before the first list the name probably arrives soon, and its real snapshot with it.
        if (request.waiting() && !view().containers().isEmpty()) {
            out.send(frames.snapshot(name, NO_SNAPSHOT));
        }
        String why = "no controller lists it yet";
        out.send(frames.mark(name, new TailMark.State(LogStateKind.WAITING, name, clock.instant(), why)));
    }

    /** Matches the log that a name and a {@code sub} mean; names may have changed since it was subscribed. */
    private Predicate<Followed> meantBy(String asked, String sub) {
        Predicate<Followed> sameSub = log -> Objects.equals(log.request.sub(), sub);
        Predicate<Followed> byName = sameSub.and(log -> log.isCalled(asked));
        if (!(view().find(null, asked) instanceof FleetLookup.One one)) {
            return byName;
        }
        Predicate<Followed> byContainer =
                sameSub.and(log -> log.isWaiting() ? log.isCalled(asked) : log.follows(one.container()));
        // The name may have meant a container on another controller when it was subscribed.
        return followed.stream().anyMatch(byContainer) ? byContainer : byName;
    }

    private void end(Predicate<Followed> which) {
        List<Followed> ending = followed.stream().filter(which).toList();
        ending.forEach(this::remove);
        ending.forEach(Followed::close);
    }

    private void add(Followed log) {
        followed.add(log);
        counted.run();
    }

    private void remove(Followed log) {
        followed.remove(log);
        counted.run();
    }

    /** One subscription of this browser. */
    private final class Followed implements LogSink {

        private final SubscribeLogs request;
        /** Null while it waits for its container. */
        private LogSubscription subscription;
        /** True once it was closed or has failed. */
        private boolean over;

        Followed(SubscribeLogs request) {
            this.request = request;
        }

        boolean isWaiting() {
            return subscription == null;
        }

        /** A container that is not listed at present keeps the rights that it had. */
        boolean isPermitted() {
            return subscription == null
                    || view().mayNamed(Permission.LOGS, subscription.controller(), subscription.container());
        }

        boolean follows(Container container) {
            return subscription != null
                    && container.controller().equals(subscription.controller())
                    && container.answersTo(subscription.container());
        }

        /** By the requested name, or by the current one, for a container that is no longer listed. */
        boolean isCalled(String asked) {
            if (asked.equals(request.container())) {
                return true;
            }
            return subscription != null
                    && (asked.equals(subscription.container())
                            || asked.equals(subscription.controller() + "/" + subscription.container()));
        }

        void open(Container container) {
            var byName = new SubscribeLogs(
                    container.name(), request.lines(), request.after(), request.sub(), request.waiting());
            LogSubscription opened = source.subscribe(container.controller(), byName, this);
            subscription = opened;
            if (over) {
                opened.close();
            }
        }

        void drained() {
            if (subscription != null && !over) {
                subscription.drained();
            }
        }

        void close() {
            over = true;
            if (subscription != null) {
                subscription.close();
            }
        }

        @Override
        public boolean full() {
            return out.full();
        }

        @Override
        public void frame(byte[] textFrame) {
            if (!over) {
                out.send(textFrame);
            }
        }

        @Override
        public Object reader() {
            return out;
        }

        @Override
        public void failed(Refusal refusal) {
            if (!over) {
                over = true;
                remove(this);
                refuse(request, refusal.kind().errorCode(), refusal.getMessage());
            }
        }
    }
}
