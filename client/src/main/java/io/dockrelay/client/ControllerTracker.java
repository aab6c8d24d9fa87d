package io.dockrelay.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RollCall;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.LinkState;

/**
 * Which controllers are there, by their announcements. A controller on the bus that misses three is silent; where the bus and
 * an uplink announce the same id, the bus counts. Owned by one feed, on its context, from {@link #start} to {@link #close}.
 */
final class ControllerTracker {

    private static final Duration PATIENCE = Addresses.ANNOUNCE_EVERY.multipliedBy(3);

    private final Bus bus;
    private final BiConsumer<String, ControllerNews> listener;
    private final Periodic checks;

    /** By id. */
    private final Map<String, Heard> heard = new LinkedHashMap<>();

    /** Null until started. */
    private Registration announcements;

    /** The last announcement, when it arrived, and whether the controller is there. */
    private record Heard(ControllerPresence presence, long atNanos, boolean present) {

        boolean isRecent() {
            return System.nanoTime() - atNanos < PATIENCE.toNanos();
        }
    }

    /** @param listener called with the id of a controller, on the owner's context */
    ControllerTracker(Vertx vertx, Bus bus, BiConsumer<String, ControllerNews> listener) {
        this.bus = bus;
        this.listener = listener;
        this.checks = new Periodic(vertx);
    }

    /** Begins; every controller announces itself at once. */
    void start() {
        announcements = bus.subscribe(Addresses.CONTROLLERS, this::announced);
        announcements.ready().onSuccess(ready -> bus.publish(Addresses.ROLL_CALL, new RollCall()));
        checks.start(Addresses.ANNOUNCE_EVERY, this::check);
    }

    Future<Void> close() {
        checks.cancel();
        return announcements == null ? Future.succeededFuture() : announcements.close();
    }

    private void announced(ControllerPresence now) {
        String id = now.controller();
        Heard before = heard.get(id);
        boolean shadowed = before != null && now.uplink() && !before.presence().uplink() && before.isRecent();
        if (shadowed) {
            return;
        }
        if (now.left()) {
            if (heard.remove(id) != null) {
                listener.accept(id, ControllerNews.LEFT);
            }
            return;
        }
        boolean present = now.link() == LinkState.CONNECTED;
        boolean presentBefore = before != null && before.present();
        heard.put(id, new Heard(now, System.nanoTime(), present));
        if (present && !presentBefore) {
            listener.accept(id, ControllerNews.PRESENT);
        } else if (present && isAnother(before.presence(), now)) {
            listener.accept(id, ControllerNews.RESTARTED);
        } else if (!present && presentBefore) {
            listener.accept(id, now.uplink() ? ControllerNews.UNLINKED : ControllerNews.SILENT);
        }
    }

    private static boolean isAnother(ControllerPresence before, ControllerPresence now) {
        boolean otherProcess = !now.uplink() && !now.since().equals(before.since());
        return otherProcess || now.uplink() != before.uplink();
    }

    private void check() {
        List<String> silent = heard.entrySet().stream()
                .filter(entry -> entry.getValue().present() && !entry.getValue().isRecent())
                .map(Map.Entry::getKey)
                .toList();
        for (String id : silent) {
            heard.computeIfPresent(id, (same, last) -> new Heard(last.presence(), last.atNanos(), false));
            listener.accept(id, ControllerNews.SILENT);
        }
    }
}
