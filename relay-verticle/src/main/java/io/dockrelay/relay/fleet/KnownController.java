package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.RevisedContainerList;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;

/** One controller as the fleet knows it: the way to it, its engine, its list as it was last told. Pure. */
final class KnownController {

    private static final Duration SILENCE = Addresses.ANNOUNCE_EVERY.multipliedBy(3);

    private final String id;
    private ControllerPresence presence;
    /** When it was last heard of, in whatever state. */
    private Instant heard;
    /** When its list was last known to be right; it stands still while the controller is away. */
    private Instant seen;
    /** Null unless it has stopped announcing itself. */
    private Instant silentSince;
    /** Null until it was told. */
    private EngineStatus engine;

    /** As the controller gave it: not dimmed because the controller is away. */
    private final RevisedContainerList containers = new RevisedContainerList();
    /** True while the list has been asked for and has not arrived. */
    private boolean asked;
    /** When the list last arrived; null before the first. */
    private Instant listedAt;

    private long views;

    KnownController(ControllerPresence first, Instant now) {
        this.id = first.controller();
        this.presence = first;
        this.heard = now;
        this.seen = now;
    }

    String id() {
        return id;
    }

    /** Whether what it said last is still true, as far as one can know. */
    boolean reachable() {
        return presence.link() == LinkState.CONNECTED && silentSince == null;
    }

    boolean engineAway() {
        return engine != null && !engine.available();
    }

    EngineStatus engine() {
        return engine;
    }

    /** Another number whenever {@link #view} may answer something else. */
    long viewVersion() {
        return views;
    }

    ControllerLink link(Instant now) {
        if (presence.left() || silentSince != null) {
            return new ControllerLink(id, LinkState.WAITING, silentSince == null ? heard : silentSince, 0, null);
        }
        Long retry = presence.retryInMs();
        Long left = retry == null
                ? null
                : Long.valueOf(Math.max(0, retry - Duration.between(heard, now).toMillis()));
        return new ControllerLink(id, presence.link(), presence.since(), presence.attempt(), left);
    }

    void announced(ControllerPresence news, Instant now) {
        boolean onTheBus = reachable() && !presence.uplink();
        if (news.uplink() && onTheBus) {
            // Where the bus and an uplink offer the same id, the bus wins.
            return;
        }
        boolean wasReachable = reachable();
        boolean anew = !wasReachable || !Objects.equals(news.since(), presence.since());
        presence = news;
        heard = now;
        silentSince = null;
        if (reachable()) {
            seen = now;
        }
        if (reachable() != wasReachable) {
            views++;
        }
        if (anew || !reachable()) {
            containers.invalidate();
        }
    }

    /** Time has passed: notices silence. */
    void tick(Instant now) {
        if (reachable() && heard.plus(SILENCE).isBefore(now)) {
            silentSince = heard;
            views++;
            containers.invalidate();
        }
    }

    /** Silent, or gone for good, since before that time. */
    boolean forgottenBefore(Instant time) {
        return (presence.left() || silentSince != null) && heard.isBefore(time);
    }

    /** Whether it has gone before anything was learned of it but its id. */
    boolean leftNothing() {
        return presence.left() && listedAt == null;
    }

    /** True once for each time that the list must be asked for. */
    boolean takeQuestion(Instant listBefore) {
        boolean due = listedAt == null || containers.hasHole() || listedAt.isBefore(listBefore);
        if (!reachable() || asked || !due) {
            return false;
        }
        asked = true;
        return true;
    }

    void unanswered() {
        asked = false;
    }

    /** Its engine stopped or started answering: the list is asked for anew when it is back. */
    void engine(EngineStatus news) {
        boolean back = engineAway() && news.available();
        engine = news;
        views++;
        if (back) {
            containers.invalidate();
        }
    }

    /** Applies changes; returns them, or nothing while there is a hole. */
    List<Change> changed(ContainersChanged message, Instant now) {
        List<Change> changes = containers.apply(message);
        if (!containers.hasHole()) {
            seen = now;
            views++;
        }
        return changes;
    }

    /** Takes over a whole list; returns what is different from the last one, nothing for the first. */
    List<Change> listed(ContainersSnapshot snapshot, Instant now) {
        asked = false;
        if (!containers.accepts(snapshot)) {
            return List.of();
        }
        List<Change> changes = containers.reset(snapshot);
        views++;
        seen = now;
        listedAt = now;
        engine = snapshot.engine() == null ? engine : snapshot.engine();
        // Without a reason a state became unknown, or known again, between two lists: nothing happened.
        return changes.stream().filter(change -> change.reason() != null).toList();
    }

    /** The list as it is served: dimmed to what was last known while somebody on the way is away. */
    Collection<Container> view() {
        if (!reachable()) {
            String reason = "controller " + id + " is away";
            return containers.list().containers().stream()
                    .map(container -> container.unknownSince(seen, reason))
                    .toList();
        }
        if (engineAway()) {
            String reason = "the container engine of " + id + " does not answer";
            return containers.list().containers().stream()
                    .map(container -> container.unknownSince(engine.since(), reason))
                    .toList();
        }
        return containers.list().containers();
    }
}
