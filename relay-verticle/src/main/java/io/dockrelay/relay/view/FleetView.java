package io.dockrelay.relay.view;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.RightsClass;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.relay.fleet.ChangeHistory;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetLookup;
import io.dockrelay.relay.fleet.Visibility;

/**
 * The fleet for one set of equal rights. A host exists if its containers are visible whichever they are, or if one of them is.
 * Everything is as of now; only the names of the hosts are kept, until the fleet changes. For one thread.
 */
public final class FleetView implements Visibility {

    private final Fleet fleet;
    private final RightsClass rights;
    /** Of the fleet when {@link #hosts} were found. */
    private long version = -1;

    private Set<String> hosts = Set.of();

    public FleetView(Fleet fleet, RightsClass rights) {
        this.fleet = fleet;
        this.rights = rights;
    }

    public RightsClass rights() {
        return rights;
    }

    @Override
    public boolean sees(Container container) {
        return rights.may(Permission.VIEW, container);
    }

    @Override
    public boolean seesHost(String controller) {
        return hosts().contains(controller);
    }

    @Override
    public boolean seesAny() {
        return rights.mayAnywhere(Permission.VIEW);
    }

    /** The ids of the controllers that exist. */
    public Set<String> hosts() {
        if (version != fleet.version()) {
            version = fleet.version();
            hosts = findHosts();
        }
        return hosts;
    }

    /** The whole list, in the order of names. */
    public List<Container> containers() {
        return fleet.containers().stream()
                .map(this::shown)
                .flatMap(Optional::stream)
                .toList();
    }

    /** An element of the fleet's list; empty where it does not exist here. */
    public Optional<Container> shown(Container container) {
        Set<Permission> permitted = rights.permissions(container);
        return permitted.contains(Permission.VIEW)
                ? Optional.of(ShownContainer.of(container, permitted))
                : Optional.empty();
    }

    /** A change of the past; empty where the container does not exist here, or did not then. One that was not known may be hidden. */
    public Optional<Change> shown(ChangeHistory.Entry entry) {
        Change change = entry.change();
        boolean then =
                entry.subject() == null ? mayUnlisted(Permission.VIEW, change.controller()) : sees(entry.subject());
        Container now = fleet.at(change.controller(), change.name());
        if (!then || (now != null && !sees(now))) {
            return Optional.empty();
        }
        return change.container() == null
                ? Optional.of(change)
                : shown(change.container()).map(change::withContainer);
    }

    public List<ControllerLink> links(Instant now) {
        return fleet.links(now).stream()
                .filter(link -> seesHost(link.controller()))
                .toList();
    }

    /** Engines that do not answer, of controllers that do. */
    public List<EngineStatus> enginesAway() {
        return fleet.enginesAway().stream()
                .filter(engine -> seesHost(engine.controller()))
                .toList();
    }

    /** Engines of which there is something to say; see {@link Fleet#engineReports}. */
    public List<EngineStatus> engineReports() {
        return fleet.engineReports().stream()
                .filter(engine -> seesHost(engine.controller()))
                .toList();
    }

    /** Changes whenever something may have changed here. */
    public long version() {
        return fleet.version();
    }

    /** Whether the controller exists here and can be asked. */
    public boolean reachable(String controller) {
        return seesHost(controller) && fleet.reachable(controller);
    }

    /** The id that stands for this one now: the same, unless a controller that exists here had it before; null for null. */
    public String current(String controller) {
        String current = fleet.current(controller);
        return current != null && seesHost(current) ? current : controller;
    }

    /** What is allowed everywhere, as names of permissions; null for everything. */
    public List<String> everywhere() {
        List<String> names = Permission.ALL.stream()
                .filter(rights::mayEverywhere)
                .map(Permission::wireName)
                .toList();
        return names.size() == Permission.ALL.size() ? null : names;
    }

    /** The container that is meant; see {@link Fleet#find}. */
    public FleetLookup find(String controller, String asked) {
        return fleet.find(controller, asked, this);
    }

    /** Whether a container that is not known may appear; see {@link Fleet#isUndecided}. */
    public boolean isUndecided(String controller) {
        return fleet.isUndecided(controller, this);
    }

    /**
     * Whether this is allowed with what has this name, full name or id there, or had it last. What the fleet has not listed
     * may have a label that hides it, so it is for those who may have that too.
     */
    public boolean mayLastKnown(Permission permission, String controller, String asked) {
        return fleet.lastKnown(controller, asked)
                .map(container -> rights.may(permission, container))
                .orElseGet(() -> mayUnlisted(permission, fleet.current(controller)));
    }

    /** Whether this is allowed with every container of the host, those that will appear included. */
    public boolean mayEverything(Permission permission, String controller) {
        return rights.mayAtHost(permission, controller)
                && fleet.containers().stream()
                        .filter(container -> controller.equals(container.controller()))
                        .allMatch(container -> rights.may(permission, container));
    }

    /** The same as {@link #mayLastKnown} by the short name alone, and faster. */
    public boolean mayNamed(Permission permission, String controller, String name) {
        String current = fleet.current(controller);
        return fleet.lastNamed(current, name)
                .map(container -> rights.may(permission, container))
                .orElseGet(() -> mayUnlisted(permission, current));
    }

    private boolean mayUnlisted(Permission permission, String controller) {
        return rights.mayAtHost(permission, controller) && rights.mayAtHost(Permission.ADMIN, controller);
    }

    private Set<String> findHosts() {
        Set<String> found = new HashSet<>();
        for (String controller : fleet.controllers()) {
            if (rights.mayAtHost(Permission.VIEW, controller)) {
                found.add(controller);
            }
        }
        if (found.size() < fleet.controllers().size()) {
            for (Container container : fleet.containers()) {
                if (!found.contains(container.controller()) && sees(container)) {
                    found.add(container.controller());
                }
            }
        }
        return Set.copyOf(found);
    }
}
