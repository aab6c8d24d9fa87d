package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

/**
 * What the relay knows of all controllers. A controller that is silent, has left or whose uplink is not connected keeps
 * its containers in the list, as {@code unknown} with what was last known of them; so does one whose engine does not
 * answer. When it is back, its list is asked for, and what happened meanwhile is told as changes.
 *
 * <p>Pure: time comes as a parameter, and whom to ask is an answer ({@link #questions}). For one thread.
 */
public final class Fleet {

    /** A controller that is silent this long, or left this long ago, is no longer listed. */
    public static final Duration FORGET_AFTER = Duration.ofHours(24);

    /** How old a list gets; status texts ("Up 2 hours") change without anybody saying so. */
    public static final Duration REFRESH_AFTER = Duration.ofSeconds(30);

    private final Map<String, KnownController> controllers = new TreeMap<>();
    /** The list as it is served. */
    private final Map<ContainerKey, Container> served = new TreeMap<>();
    /** Counts every difference to what would be served, the silent ones too. */
    private long version;

    /**
     * A controller says that it is there, or that it leaves. One that leaves and never gave a list has nothing to be
     * remembered by: an uplink's word for a controller whose real id it has learned by now is such a one.
     */
    public FleetUpdate announced(ControllerPresence news, Instant now) {
        KnownController known = controllers.get(news.controller());
        if (known == null) {
            if (news.left()) {
                return FleetUpdate.NOTHING;
            }
            KnownController found = new KnownController(news, now);
            controllers.put(news.controller(), found);
            version++;
            return FleetUpdate.ofWay(List.of(found.link(now)), List.of());
        }
        FleetUpdate update = told(news.controller(), now, quietly(controller -> controller.announced(news, now)));
        return known.leftNothing() ? forget(news.controller()) : update;
    }

    public FleetUpdate changed(ContainersChanged news, Instant now) {
        return told(news.controller(), now, controller -> controller.changed(news, now));
    }

    public FleetUpdate engine(EngineStatus news, Instant now) {
        return told(news.controller(), now, quietly(controller -> controller.engine(news)));
    }

    /** The answer to one of the {@link #questions}. */
    public FleetUpdate listed(ContainersSnapshot list, Instant now) {
        return told(list.controller(), now, controller -> controller.listed(list, now));
    }

    /** One of the {@link #questions} got no answer; it is asked again when they are next taken. */
    public void unanswered(String controller) {
        if (controllers.containsKey(controller)) {
            controllers.get(controller).unanswered();
        }
    }

    /** Time has passed: notices silence, and forgets who has been away for long. */
    public FleetUpdate tick(Instant now) {
        FleetUpdate update = FleetUpdate.NOTHING;
        for (String id : List.copyOf(controllers.keySet())) {
            update = update.then(told(id, now, quietly(controller -> controller.tick(now))));
            if (controllers.get(id).forgottenBefore(now.minus(FORGET_AFTER))) {
                update = update.then(forget(id));
            }
        }
        return update;
    }

    /** Controllers whose list is to be asked for now; each stands here once until it has answered. */
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

    public List<ControllerLink> links(Instant now) {
        return controllers.values().stream()
                .map(controller -> controller.link(now))
                .toList();
    }

    /** Engines that do not answer, of controllers that do. */
    public List<EngineStatus> enginesAway() {
        return controllers.values().stream()
                .filter(controller -> controller.reachable() && controller.engineAway())
                .map(KnownController::engine)
                .toList();
    }

    /** Another number whenever {@link #containers} or {@link #links} may answer something else. */
    public long version() {
        return version;
    }

    /** Whether the controller says that it is there. */
    public boolean reachable(String controller) {
        return controllers.containsKey(controller)
                && controllers.get(controller).reachable();
    }

    /**
     * Who is meant.
     *
     * @param controller null when any may be meant
     * @param asked a name, full name or id, or one of these behind {@code controller/}
     */
    public FleetLookup find(String controller, String asked) {
        int slash = asked.indexOf('/');
        if (controller == null && slash > 0 && controllers.containsKey(asked.substring(0, slash))) {
            return find(asked.substring(0, slash), asked.substring(slash + 1));
        }
        return FleetLookup.among(served.values(), controller, asked);
    }

    private static Function<KnownController, List<Change>> quietly(Consumer<KnownController> news) {
        return controller -> {
            news.accept(controller);
            return List.of();
        };
    }

    /** Hands the news to the controller it is about and answers what that changed; nothing when nobody knows it. */
    private FleetUpdate told(String id, Instant now, Function<KnownController, List<Change>> news) {
        KnownController controller = controllers.get(id);
        if (controller == null) {
            return FleetUpdate.NOTHING;
        }
        ControllerLink link = controller.link(now);
        boolean reachable = controller.reachable();
        boolean engineAway = controller.engineAway();
        long view = controller.viewVersion();
        List<Change> changes = news.apply(controller);
        FleetUpdate update =
                controller.viewVersion() == view ? FleetUpdate.NOTHING : settled(id, controller.view(), changes);
        ControllerLink linkNow = controller.link(now);
        List<ControllerLink> links = sameLink(link, linkNow) ? List.of() : List.of(linkNow);
        boolean engineTurned = engineAway != controller.engineAway();
        // Who came while the controller itself was away was not told of its engine.
        boolean engineStillAway = !reachable && controller.reachable() && engineAway;
        List<EngineStatus> engines = engineTurned || engineStillAway ? List.of(controller.engine()) : List.of();
        version += links.isEmpty() ? 0 : 1;
        return update.then(FleetUpdate.ofWay(links, engines));
    }

    private FleetUpdate forget(String id) {
        controllers.remove(id);
        version++;
        return settled(id, List.of(), List.of()).then(FleetUpdate.ofForgotten(id));
    }

    /** Makes the served list follow one controller's view. */
    private FleetUpdate settled(String id, Collection<Container> view, List<Change> changes) {
        Set<ContainerKey> changed = new HashSet<>();
        changes.forEach(change -> changed.add(ContainerKey.of(change)));
        Set<ContainerKey> gone = new HashSet<>();
        served.keySet().stream().filter(key -> key.controller().equals(id)).forEach(gone::add);
        List<Container> told = new ArrayList<>();
        for (Container container : view) {
            ContainerKey key = ContainerKey.of(container);
            gone.remove(key);
            Container before = served.put(key, container);
            version += container.equals(before) ? 0 : 1;
            if (changed.contains(key) || before == null || !sameButForText(before, container)) {
                told.add(container);
            }
        }
        List<Removed> removed = gone.stream().sorted().map(this::remove).toList();
        return FleetUpdate.ofContainers(told, removed, changes);
    }

    private Removed remove(ContainerKey key) {
        version++;
        return new Removed(key.controller(), served.remove(key).id(), key.name());
    }

    /** The engine's status text grows older all by itself: that is nothing to tell. */
    private static boolean sameButForText(Container before, Container now) {
        return withoutText(before).equals(withoutText(now));
    }

    private static Container withoutText(Container container) {
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

    /** A retry that comes nearer is nothing to tell. */
    private static boolean sameLink(ControllerLink before, ControllerLink now) {
        return before.state() == now.state()
                && before.attempt() == now.attempt()
                && before.since().equals(now.since());
    }
}
