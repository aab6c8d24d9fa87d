package io.dockrelay.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ContainerList;

/**
 * The containers of controllers as a stream: for each controller a snapshot, and then every change, in order and without a
 * hole. A change that the bus has lost is found by its revision, and follows from another list of the controller. A controller
 * that comes back, even as another process, goes on after its last change.
 *
 * <p>While the reader is paused, up to 1,000 events wait. After more, they are dropped, and the reader gets a snapshot of each
 * controller in their place when it goes on.
 */
public final class ContainerFeed extends Feed<ContainerEvent> {

    /** Events that wait for a paused reader. */
    static final int MOST_WAITING = 1000;

    private final Vertx vertx;
    private final Bus bus;
    private final ControllerTracker tracker;

    /** By controller. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** Whether events were dropped; none are added until the reader goes on. */
    private boolean behind;

    ContainerFeed(Vertx vertx, Bus bus, Predicate<String> wanted) {
        super(vertx);
        this.vertx = vertx;
        this.bus = bus;
        tracker = new ControllerTracker(vertx, bus, (controller, news) -> {
            if (wanted.test(controller)) {
                heard(controller, news);
            }
        });
        onContext(tracker::start);
    }

    /** A copy of one controller's list. */
    private final class Kept implements ContainerListReplica.Listener {

        private final String controller;
        private final ContainerListReplica replica;
        private boolean known;
        private boolean away;

        Kept(String controller) {
            this.controller = controller;
            replica = new ContainerListReplica(vertx, bus, controller, this);
        }

        @Override
        public void known(ContainerList list) {
            known = true;
            add(snapshot());
        }

        @Override
        public void changed(ContainerList list, List<Change> changes) {
            changes.forEach(change -> add(new ContainerEvent.Changed(controller, change)));
        }

        ContainerEvent.Snapshot snapshot() {
            return new ContainerEvent.Snapshot(controller, replica.list().containers());
        }

        void back() {
            if (known && away) {
                add(new ContainerEvent.Back(controller));
            }
            away = false;
            replica.refresh();
        }

        void lost() {
            if (known && !away) {
                add(new ContainerEvent.Away(controller));
            }
            away = true;
        }
    }

    @Override
    void drained() {
        if (behind) {
            behind = false;
            kept.values().stream().filter(one -> one.known).forEach(one -> {
                add(one.snapshot());
                if (one.away) {
                    add(new ContainerEvent.Away(one.controller));
                }
            });
        }
    }

    @Override
    Future<Void> release() {
        Future<Void> closed = tracker.close();
        for (Kept one : kept.values()) {
            closed = Future.join(closed, one.replica.close()).mapEmpty();
        }
        kept.clear();
        return closed;
    }

    private void heard(String controller, ControllerNews news) {
        Kept one = kept.get(controller);
        switch (news) {
            case PRESENT, RESTARTED -> {
                if (one == null) {
                    begin(controller);
                } else {
                    one.back();
                }
            }
            case SILENT, UNLINKED -> {
                if (one != null) {
                    one.lost();
                }
            }
            case LEFT -> {
                if (one != null) {
                    kept.remove(controller);
                    var unused = one.replica.close(); // Nothing depends on it.
                    if (one.known) {
                        add(new ContainerEvent.Left(controller));
                    }
                }
            }
        }
    }

    private void begin(String controller) {
        var one = new Kept(controller);
        kept.put(controller, one);
        var unused = one.replica.start(); // The list arrives when it arrives.
    }

    private void add(ContainerEvent event) {
        if (!behind && waiting() == MOST_WAITING) {
            drop();
            behind = true;
        }
        if (!behind) {
            offer(event);
        }
    }
}
