package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

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
    /** The list as it is served. */
    private final Map<ContainerKey, Container> served = new TreeMap<>();
    /** Counts every difference of what is served, including those that no update reports. */
    private long version;

    /**
     * A controller announces that it is there, or that it leaves. A controller that leaves before it gave a list is forgotten:
     * such as the placeholder that an uplink announces until it knows the real id.
     */
    public FleetUpdate announced(ControllerPresence presence, Instant now) {
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
        return (known.leftNothing() ? forget(known.id()) : update).then(FleetUpdate.ofEvents(events));
    }

    public FleetUpdate changed(ContainersChanged message, Instant now) {
        return applied(message.controller(), now, controller -> controller.changed(message, now));
    }

    public FleetUpdate engine(EngineStatus status, Instant now) {
        return applied(status.controller(), now, withoutChanges(controller -> controller.engine(status)));
    }

    /** The answer to one of the {@link #questions}. */
    public FleetUpdate listed(ContainersSnapshot list, Instant now) {
        return applied(list.controller(), now, controller -> controller.listed(list, now));
    }

    /** One of the {@link #questions} got no answer; the next call returns it again. */
    public void unanswered(String controller) {
        if (controllers.containsKey(controller)) {
            controllers.get(controller).unanswered();
        }
    }

    /** Time has passed: notices silence, and forgets controllers that have been away for long. */
    public FleetUpdate tick(Instant now) {
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
            throw new Refusal(RefusalKind.NO_SUCH_CONTAINER, "No controller is called \"" + id + "\".");
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

    /** Controllers whose list is to be asked for now; each is returned once until it has answered. */
    public List<String> questions(Instant now) {
        return controllers.values().stream()
                .filter(controller -> controller.takeQuestion(now.minus(REFRESH_AFTER)))
                .map(KnownController::id)
                .toList();
    }

    /** The whole list, in the order of names. */
    public List<Container> containers() {
        return List.copyOf(served.values());
    }

    /** The container that has this short name there; null when there is none. */
    public Container at(String controller, String name) {
        return served.get(new ContainerKey(name, controller));
    }

    /** The ids of all controllers, those that are away included. */
    public List<String> controllers() {
        return List.copyOf(controllers.keySet());
    }

    public List<ControllerLink> links(Instant now) {
        return controllers.values().stream()
                .map(controller -> link(controller, now))
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
                .filter(controller ->
                        controller.reachable() && (controller.engineAway() || controller.engineLimit() != null))
                .map(KnownController::engine)
                .toList();
    }

    /** Changes whenever the result of {@link #containers} or {@link #links} may have changed. */
    public long version() {
        return version;
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
        int slash = asked.indexOf('/');
        String prefix = slash > 0 ? current(asked.substring(0, slash)) : null;
        if (controller == null && prefix != null && controllers.containsKey(prefix)) {
            return found(prefix, asked.substring(slash + 1));
        }
        return found(current(controller), asked);
    }

    /** The id that stands for this one now: the same, unless a controller had it before; null for null. */
    public String current(String controller) {
        return controller == null ? null : formerIds.current(controller);
    }

    private FleetLookup found(String controller, String asked) {
        FleetLookup found = FleetLookup.among(served.values(), controller, asked);
        if (found instanceof FleetLookup.Several) {
            List<Container> there = served.values().stream()
                    .filter(container -> reachable(container.controller()))
                    .toList();
            return FleetLookup.among(there, null, asked) instanceof FleetLookup.One one ? one : found;
        }
        return found instanceof FleetLookup.None ? new FleetLookup.None(asked, unseenEngine(controller)) : found;
    }

    /** Whether at most one container of all controllers has this short name. */
    boolean isUnique(String name) {
        return served.keySet().stream().filter(key -> key.name().equals(name)).count() < 2;
    }

    /** An engine that is away and whose containers were never known. */
    private Optional<EngineStatus> unseenEngine(String controller) {
        return controllers.values().stream()
                .filter(known -> controller == null || controller.equals(known.id()))
                .filter(KnownController::hasUnseenEngine)
                .map(KnownController::engine)
                .findFirst();
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
        version++;
        return FleetUpdate.ofLinks(List.of(link(met, now)), List.of()).then(event);
    }

    /** One configured URL is one controller: the new id takes the place of the old one, with its list. */
    private FleetUpdate moved(KnownController before, String to, Instant now) {
        String from = before.id();
        registry.moved(from, to, now);
        formerIds.moved(from, to);
        dismissed.remove(to);
        controllers.remove(from);
        KnownController after = controllers.computeIfAbsent(to, before::movedTo);
        version++;
        return FleetUpdate.ofLinks(List.of(link(after, now)), List.of())
                .then(settled(from, List.of(), List.of()))
                .then(settled(to, after.view(), List.of()))
                .then(FleetUpdate.ofForgotten(from))
                .then(FleetUpdate.ofEvents(List.of(ControllerEvent.moved(from, to))));
    }

    private ControllerLink link(KnownController controller, Instant now) {
        return controller.link(now, formerIds.of(controller.id()));
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
        ControllerLink link = link(controller, now);
        boolean reachable = controller.reachable();
        boolean engineAway = controller.engineAway();
        String limit = controller.engineLimit();
        long view = controller.viewVersion();
        List<Change> changes = step.apply(controller);
        FleetUpdate update =
                controller.viewVersion() == view ? FleetUpdate.NOTHING : settled(id, controller.view(), changes);
        ControllerLink linkNow = link(controller, now);
        List<ControllerLink> links = sameLink(link, linkNow) ? List.of() : List.of(linkNow);
        boolean engineChanged =
                engineAway != controller.engineAway() || !Objects.equals(limit, controller.engineLimit());
        // A browser that connected while the controller was away does not know about its engine.
        boolean engineStillAway = !reachable && controller.reachable() && (engineAway || limit != null);
        List<EngineStatus> engines = engineChanged || engineStillAway ? List.of(controller.engine()) : List.of();
        version += links.isEmpty() ? 0 : 1;
        return update.then(FleetUpdate.ofLinks(links, engines));
    }

    private FleetUpdate forget(String id) {
        controllers.remove(id);
        registry.forget(id);
        formerIds.forget(id);
        version++;
        return settled(id, List.of(), List.of()).then(FleetUpdate.ofForgotten(id));
    }

    /** Updates the served list from one controller's view. */
    private FleetUpdate settled(String id, Collection<Container> view, List<Change> changes) {
        Set<ContainerKey> changed = new HashSet<>();
        changes.forEach(change -> changed.add(ContainerKey.of(change)));
        Set<ContainerKey> gone = new HashSet<>();
        served.keySet().stream().filter(key -> key.controller().equals(id)).forEach(gone::add);
        List<Container> updated = new ArrayList<>();
        List<Container> acting = new ArrayList<>();
        for (Container container : view) {
            ContainerKey key = ContainerKey.of(container);
            gone.remove(key);
            Container before = served.put(key, container);
            version += container.equals(before) ? 0 : 1;
            if (changed.contains(key) || before == null || !isSameState(before, container)) {
                updated.add(container);
            } else if (!Objects.equals(before.action(), container.action())) {
                acting.add(container);
            }
        }
        List<Removed> removed = gone.stream().sorted().map(this::remove).toList();
        return FleetUpdate.ofContainers(updated, removed, changes).then(FleetUpdate.ofActing(acting));
    }

    private Removed remove(ContainerKey key) {
        version++;
        return new Removed(key.controller(), served.remove(key).id(), key.name());
    }

    /** The engine's status text changes as time passes: that is not reported. Actions are reported apart. */
    private static boolean isSameState(Container before, Container now) {
        return stateOf(before).equals(stateOf(now));
    }

    private static Container stateOf(Container container) {
        return new Container(
                container.name(),
                container.fullName(),
                container.status(),
                null,
                container.health(),
                container.id(),
                container.created(),
                container.controller(),
                container.actions(),
                container.details(),
                container.lastKnown());
    }

    /** A retry that comes nearer is not reported. */
    private static boolean sameLink(ControllerLink before, ControllerLink now) {
        return before.state() == now.state()
                && before.attempt() == now.attempt()
                && before.since().equals(now.since())
                && Objects.equals(before.message(), now.message());
    }
}
