package io.dockrelay.relay.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.rights.RightsClass;
import io.dockrelay.protocol.rights.TokenScope;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetLookup;
import io.dockrelay.relay.fleet.FleetWatch;

/**
 * The way from a request to the fleet: makes the caller of each, and one view for all callers with equal rights. Owned by the
 * relay's verticle; for its context.
 */
public final class FleetViews {

    /** Views kept; beyond it they are made again. */
    private static final int MAX_VIEWS = 1_000;

    /** In the words of the record. */
    private static final String DISMISS = "dismiss";

    private final FleetWatch watch;
    private final Fleet fleet;
    private final Map<RightsClass, FleetView> views = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Rights rights;
    private Function<Principal, Optional<Principal>> present = Optional::of;
    private Function<Principal, Optional<TokenScope>> scopes = token -> Optional.empty();
    private Consumer<RefusedRight> refusals = refused -> {};

    public FleetViews(FleetWatch watch, Rights rights) {
        this.watch = watch;
        this.fleet = watch.fleet();
        this.rights = rights;
    }

    /** Called when rights may have changed: those who hold something open check it again. */
    public void onRights(Runnable listener) {
        listeners.add(listener);
    }

    /** Called with each request that rights refuse. */
    public void onRefused(Consumer<RefusedRight> listener) {
        refusals = listener;
    }

    /**
     * What became of a principal since it made its request.
     *
     * @param lookup empty where its session, its token or the user is gone
     */
    public void principals(Function<Principal, Optional<Principal>> lookup) {
        present = lookup;
    }

    /**
     * What an API token is for.
     *
     * @param lookup empty where the token has ended
     */
    public void tokens(Function<Principal, Optional<TokenScope>> lookup) {
        scopes = lookup;
    }

    /** Replaces the rights. */
    public void rights(Rights replaced) {
        rights = replaced;
        views.clear();
        recheck();
    }

    /** A principal may have other roles or groups now, or none. */
    public void recheck() {
        listeners.forEach(Runnable::run);
    }

    public Caller caller(Principal principal) {
        return new Caller(principal, view(rightsOf(principal)), refusals);
    }

    /** The same one with the rights of now; empty where the principal is gone. */
    public Optional<Caller> present(Caller before) {
        return present.apply(before.principal()).map(this::caller);
    }

    /** The newest changes that the caller may know, newest first. */
    public List<Change> changes(Caller caller, Instant since, int limit) {
        return watch.history().newest(since, limit, caller.view()::shown);
    }

    /**
     * Stops listing a controller that is away, until it connects.
     *
     * @throws Refusal when it does not exist for the caller, is connected, or the caller is no admin
     */
    public void dismiss(Caller caller, String controller) {
        if (!caller.view().seesHost(controller)) {
            throw Fleet.noController(controller);
        }
        caller.require(Permission.ADMIN, DISMISS, controller);
        watch.dismiss(controller);
    }

    /** The ids of all controllers, for no caller in particular: their load is measured once for all. */
    public List<String> controllers() {
        return fleet.controllers();
    }

    /**
     * The container that is meant, whether or not the caller may see it: for the record.
     *
     * @param controller an id; null for any
     */
    public Optional<Container> known(String controller, String name) {
        return fleet.find(controller, name) instanceof FleetLookup.One(Container known)
                ? Optional.of(known)
                : Optional.empty();
    }

    /** Of a measured container, for all callers; null where it is not known. */
    public String fullName(ContainerStats item) {
        Container known = fleet.at(item.controller(), item.container());
        return known == null ? null : known.fullName();
    }

    private RightsClass rightsOf(Principal principal) {
        return principal.kind() == Principal.Kind.TOKEN
                ? scopes.apply(principal)
                        .map(scope -> rights.ofToken(principal, scope))
                        .orElse(RightsClass.NOTHING)
                : rights.of(principal);
    }

    private FleetView view(RightsClass of) {
        if (views.size() >= MAX_VIEWS && !views.containsKey(of)) {
            views.clear();
        }
        return views.computeIfAbsent(of, first -> new FleetView(fleet, first));
    }
}
