package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.LinkMeasure;
import io.dockrelay.protocol.wire.LinkState;

/**
 * What the relay knows of all controllers. A controller that is silent, has left or whose uplink is not connected keeps its
 * containers in the list, as {@code unknown} with what was last known of them; so does a controller whose engine does not
 * answer. When it is back, its list is asked for, and what happened meanwhile becomes changes.
 *
 * <p>Pure: time is a parameter, and the controllers to ask are a result ({@link #questions}). For one thread.
 */
public final class Fleet {

    /** A controller that is silent this long, or left this long ago, is no longer listed. */
    public static final Duration FORGET_AFTER = Duration.ofHours(24);

    /** Age at which a list is asked for again: status texts ("Up 2 hours") change without a message. */
    public static final Duration REFRESH_AFTER = Duration.ofSeconds(30);

    private final ControllerRegistry registry = new ControllerRegistry();
    private final Map<String, KnownController> controllers = new TreeMap<>();
    private final FormerIds formerIds = new FormerIds();
    /** Controllers that are not listed until their uplink connects; at most one per uplink. */
    private final Set<String> dismissed = new HashSet<>();

    private final ServedList served = new ServedList();
    private final UnheardControllers unheard = new UnheardControllers();
    private final ContainerFinder finder = new ContainerFinder(controllers, formerIds, served, unheard);
    /** How controllers that are on the bus themselves are reached. */
    private final LinkKind onBus;

    /** Counts the differences of the links, those that no update reports included. */
    private long linksVersion;

    /** Of a relay that has the controllers on its bus in its own process. */
    public Fleet() {
        this(LinkKind.LOCAL);
    }

    /** @param onBus how controllers that are on the bus themselves are reached, as far as it is not measured */
    public Fleet(LinkKind onBus) {
        this.onBus = onBus;
    }

    /** The relay starts: these are to be heard of, until {@link #expectNoMore}. */
    public void expect(ExpectedControllers expected, Instant now) {
        unheard.expect(expected, now);
    }

    /** The time in which controllers are expected is over. */
    public void expectNoMore() {
        unheard.end();
    }

    /** Whether a controller that is expected has not been heard of since the relay's start. */
    public boolean expectsControllers() {
        return unheard.exist();
    }

    /**
     * A controller announces that it is there, or that it leaves. A controller that leaves before it gave a list is forgotten:
     * such as the placeholder that an uplink announces until it knows the real id. So is one whose host was removed.
     */
    public FleetUpdate announced(ControllerPresence presence, Instant now) {
        unheard.announced(presence);
        KnownController known = controllers.get(presence.controller());
        if (known == null) {
            return met(presence, now);
        }
        if (presence.replacedBy() != null && known.isListed() && !registry.isOnBus(known.id())) {
            return moved(known, presence.replacedBy(), now);
        }
        List<ControllerEvent> events = new ArrayList<>();
        FleetUpdate update = applied(
                known.id(),
                now,
                withoutChanges(it -> it.announced(presence, now).ifPresent(events::add)));
        boolean forgotten = known.leftNothing() || (presence.removed() && known.hasLeft());
        return (forgotten ? forget(known.id()) : update).then(FleetUpdate.ofEvents(events));
    }

    public FleetUpdate changed(ContainersChanged message, Instant now) {
        return applied(message.controller(), now, controller -> controller.changed(message, now));
    }

    public FleetUpdate engine(EngineStatus status, Instant now) {
        return applied(status.controller(), now, withoutChanges(controller -> controller.engine(status)));
    }

    /** The answer to one of the {@link #questions}. */
    public FleetUpdate listed(ContainersSnapshot list, Instant now) {
        unheard.heardOf(list.controller(), registry.isOnBus(list.controller()));
        return applied(list.controller(), now, controller -> controller.listed(list, now));
    }

    /** The link to a controller was measured; one that is not known is ignored. */
    public FleetUpdate measured(String id, LinkMeasure measure, Instant now) {
        return applied(id, now, withoutChanges(controller -> controller.measured(measure)));
    }

    /** The ids of the controllers whose clocks can be asked: those that are there, in another process. */
    public List<String> distant() {
        return controllers.values().stream()
                .filter(controller -> controller.reachable() && (onBus != LinkKind.LOCAL || controller.isDialled()))
                .map(KnownController::id)
                .toList();
    }

    /** One of the {@link #questions} got no answer; the next call returns it again. */
    public void unanswered(String controller) {
        if (controllers.containsKey(controller)) {
            controllers.get(controller).unanswered();
        }
    }

    /** The controller does not accept one of the {@link #questions}; the next call returns it again. */
    public void refused(String controller) {
        unheard.heardOf(controller, registry.isOnBus(controller));
        unanswered(controller);
    }

    /** Time has passed: notices silence, and forgets controllers that have been away for long. */
    public FleetUpdate tick(Instant now) {
        unheard.tick(now);
        FleetUpdate update = FleetUpdate.NOTHING;
        for (String id : List.copyOf(controllers.keySet())) {
            List<ControllerEvent> events = new ArrayList<>();
            update = update.then(
                            applied(id, now, withoutChanges(it -> it.tick(now).ifPresent(events::add))))
                    .then(FleetUpdate.ofEvents(events));
            if (controllers.get(id).forgottenBefore(now.minus(FORGET_AFTER))) {
                update = update.then(forget(id));
            }
        }
        return update;
    }

    /**
     * A controller that is away is no longer listed, until it is announced as connected.
     *
     * @throws Refusal when it is not known, or connected
     */
    public FleetUpdate dismiss(String id) {
        KnownController known = controllers.get(id);
        if (known == null) {
            throw noController(id);
        }
        if (known.reachable()) {
            throw new Refusal(
                    RefusalKind.CONFLICT,
                    "Controller " + id + " is connected; only one that is away can be dismissed. Stop it first.");
        }
        if (known.isDialled()) {
            dismissed.add(id);
        }
        return forget(id);
    }

    /** The refusal for a controller that does not exist. */
    public static Refusal noController(String id) {
        return new Refusal(RefusalKind.NO_SUCH_CONTAINER, "No controller is called \"" + id + "\".");
    }

    /** Controllers whose list is to be asked for now; each is returned once until it has answered. */
    public List<String> questions(Instant now) {
        return controllers.values().stream()
                .filter(controller -> controller.takeQuestion(now.minus(REFRESH_AFTER)))
                .map(KnownController::id)
                .toList();
    }

    /** The whole list, in the order of names. */
    public List<Container> containers() {
        return List.copyOf(served.containers());
    }

    /** The container that has this short name there; null when there is none. */
    public Container at(String controller, String name) {
        return served.at(controller, name);
    }

    /** The ids of all controllers, those that are away included. */
    public List<String> controllers() {
        return List.copyOf(controllers.keySet());
    }

    public List<ControllerLink> links(Instant now) {
        return controllers.values().stream()
                .map(controller -> report(controller, now).link())
                .toList();
    }

    /** Engines that do not answer, of controllers that do. */
    public List<EngineStatus> enginesAway() {
        return controllers.values().stream()
                .filter(controller -> controller.reachable() && controller.engineAway())
                .map(KnownController::engine)
                .toList();
    }

    /** Engines of which there is something to say: they do not answer, or refuse a part; of controllers that do answer. */
    public List<EngineStatus> engineReports() {
        return controllers.values().stream()
                .filter(controller -> controller.reachable() && ControllerReport.isNews(controller.engine()))
                .map(KnownController::engine)
                .toList();
    }

    /** Changes whenever the result of {@link #containers} or {@link #links} may have changed. */
    public long version() {
        return linksVersion + served.version();
    }

    /** Whether the controller can be asked, as far as can be known. */
    public boolean reachable(String controller) {
        return controllers.containsKey(controller)
                && controllers.get(controller).reachable();
    }

    /**
     * The container that is meant. Of several with the same name on different controllers, it is the one whose controller is
     * connected, if the other controllers are away.
     *
     * @param controller an id, present or former; null for any controller
     * @param asked a name, full name or id, each with or without the prefix {@code controller/}
     */
    public FleetLookup find(String controller, String asked) {
        return find(controller, asked, Visibility.OF_ALL);
    }

    /** The same among the containers that exist for someone. */
    public FleetLookup find(String controller, String asked, Visibility visible) {
        return finder.find(controller, asked, visible);
    }

    /**
     * Whether a container that is not known may appear for someone in the time after the relay's start, because a controller
     * that is expected has not been heard of.
     *
     * @param controller on which it would be, a present id; null for any
     */
    public boolean isUndecided(String controller, Visibility visible) {
        return finder.isUndecided(controller, visible);
    }

    /**
     * The container that answers to this there, or has done so last before it was removed; empty where it is not known.
     *
     * @param asked a name, full name or id
     */
    public Optional<Container> lastKnown(String controller, String asked) {
        FleetLookup found = find(controller, asked);
        return found instanceof FleetLookup.One one
                ? Optional.of(one.container())
                : served.departed().find(current(controller), asked);
    }

    /** The same by its short name alone, and faster. */
    public Optional<Container> lastNamed(String controller, String name) {
        Container listed = at(controller, name);
        return listed != null ? Optional.of(listed) : served.departed().named(new ContainerKey(name, controller));
    }

    /** The container of a change: as it is, or where that is not known, as it was before this update. */
    Optional<Container> subject(Change change, FleetUpdate update) {
        if (change.container() != null) {
            return Optional.of(change.container());
        }
        return update.departed().stream()
                .filter(gone -> Objects.equals(gone.controller(), change.controller()) && change.concerns(gone))
                .findFirst()
                .or(() -> Optional.ofNullable(at(change.controller(), change.name())));
    }

    /** The id that stands for this one now: the same, unless a controller had it before; null for null. */
    public String current(String controller) {
        return controller == null ? null : formerIds.current(controller);
    }

    /** Whether at most one container of all controllers has this short name. */
    boolean isUnique(String name) {
        return served.isUnique(name);
    }

    /** The first announcement of a controller. */
    private FleetUpdate met(ControllerPresence presence, Instant now) {
        String id = presence.controller();
        if (presence.left() || presence.link() == LinkState.CONNECTED) {
            dismissed.remove(id);
        } else if (dismissed.contains(id)) {
            return FleetUpdate.NOTHING;
        }
        FleetUpdate event =
                FleetUpdate.ofEvents(registry.announced(presence, now).stream().toList());
        if (presence.left()) {
            registry.forget(id);
            return event;
        }
        var met = new KnownController(id, registry, now);
        controllers.put(id, met);
        formerIds.used(id);
        linksVersion++;
        return FleetUpdate.ofLinks(List.of(report(met, now).link()), List.of()).then(event);
    }

    /** One configured URL is one controller: the new id takes the place of the old one, with its list. */
    private FleetUpdate moved(KnownController before, String to, Instant now) {
        String from = before.id();
        registry.moved(from, to, now);
        formerIds.moved(from, to);
        served.departed().moved(from, to);
        dismissed.remove(to);
        controllers.remove(from);
        KnownController after = controllers.computeIfAbsent(to, before::movedTo);
        linksVersion++;
        return FleetUpdate.ofLinks(List.of(report(after, now).link()), List.of())
                .then(served.settle(from, List.of(), List.of()))
                .then(served.settle(to, after.view(), List.of()))
                .then(FleetUpdate.ofForgotten(from))
                .then(FleetUpdate.ofEvents(List.of(ControllerEvent.moved(from, to))));
    }

    private ControllerReport report(KnownController controller, Instant now) {
        return controller.report(now, formerIds.of(controller.id()), onBus);
    }

    private static Function<KnownController, List<Change>> withoutChanges(Consumer<KnownController> step) {
        return controller -> {
            step.accept(controller);
            return List.of();
        };
    }

    /** Applies a step to a controller; returns what that changed, nothing for an unknown controller. */
    private FleetUpdate applied(String id, Instant now, Function<KnownController, List<Change>> step) {
        KnownController controller = controllers.get(id);
        if (controller == null) {
            return FleetUpdate.NOTHING;
        }
        ControllerReport before = report(controller, now);
        long view = controller.viewVersion();
        List<Change> changes = step.apply(controller);
        FleetUpdate update =
                controller.viewVersion() == view ? FleetUpdate.NOTHING : served.settle(id, controller.view(), changes);
        FleetUpdate difference = before.until(report(controller, now));
        linksVersion += difference.links().isEmpty() ? 0 : 1;
        return update.then(difference);
    }

    private FleetUpdate forget(String id) {
        controllers.remove(id);
        registry.forget(id);
        formerIds.forget(id);
        unheard.forget(id);
        linksVersion++;
        return served.settle(id, List.of(), List.of()).then(FleetUpdate.ofForgotten(id));
    }
}
