package io.dockrelay.relay.uplink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.settings.UplinkSettings;

/**
 * The uplinks of a relay: one per target, added and removed while the relay runs. Owned by the relay's verticle, on its
 * context; the uplinks are undeployed with the verticle.
 */
public final class Uplinks {

    private static final Logger log = LoggerFactory.getLogger(Uplinks.class);

    private record Deployed(UplinkTarget target, Uplink uplink, Future<String> id) {}

    private final Vertx vertx;
    private final UplinkSettings access;
    private final UplinkLimits limits;
    private final RepresentedIds ids = new RepresentedIds();

    /** By the target's name. */
    private final Map<String, Deployed> deployed = new HashMap<>();

    /** @param access what they present to controllers whose target does not say it */
    public Uplinks(Vertx vertx, UplinkSettings access) {
        this(vertx, access, UplinkLimits.standard());
    }

    Uplinks(Vertx vertx, UplinkSettings access, UplinkLimits limits) {
        this.vertx = vertx;
        this.access = access;
        this.limits = limits;
    }

    /** Adds those of the settings; a target whose host and port another one has is ignored, with a warning. */
    public Future<Void> start(List<UplinkTarget> targets) {
        return Future.join(targets.stream()
                        .filter(target -> isNew(target))
                        .map(this::deploy)
                        .toList())
                .mapEmpty();
    }

    /**
     * Connects to this target until it is removed.
     *
     * @return fails with a {@link Refusal} if there is one with its name, or its host and port; or if the files of its access
     *     cannot be used
     */
    public Future<Void> add(UplinkTarget target) {
        if (deployed.containsKey(target.name())) {
            return conflict("There is a host \"" + target.name() + "\" already; choose another name.");
        }
        return sameAddress(target)
                .map(other -> conflict("The host \"" + other.name() + "\" has the address " + target.placeholder()
                        + " already; remove it first."))
                .orElseGet(() -> deploy(target));
    }

    /**
     * Ends the connection to the target with this name. Its controller is no longer listed.
     *
     * @return completes when the controller has left; with false if there is no such target
     */
    public Future<Boolean> remove(String name) {
        Deployed gone = deployed.remove(name);
        if (gone == null) {
            return Future.succeededFuture(false);
        }
        gone.uplink().removed();
        return gone.id().compose(vertx::undeploy).map(true);
    }

    /** Tries to connect to this target at once, because it is there now. */
    public void retry(String name) {
        Deployed there = deployed.get(name);
        if (there != null) {
            there.id().onSuccess(started -> there.uplink().retry());
        }
    }

    /** The target with this name. */
    public Optional<UplinkTarget> target(String name) {
        return Optional.ofNullable(deployed.get(name)).map(Deployed::target);
    }

    /** How the uplink to the target with this name is now; empty if there is none. */
    public Optional<UplinkReport> report(String name) {
        return Optional.ofNullable(deployed.get(name)).map(each -> each.uplink().report());
    }

    private boolean isNew(UplinkTarget target) {
        boolean known =
                deployed.containsKey(target.name()) || sameAddress(target).isPresent();
        if (known) {
            log.warn(
                    "[controller-ws] the host and port of {} are twice in controllerWs (CONTROLLER_WS): remove one;"
                            + " the second is ignored",
                    target.ws());
        }
        return !known;
    }

    /** Two uplinks to one address would announce one placeholder. */
    private Optional<UplinkTarget> sameAddress(UplinkTarget target) {
        return deployed.values().stream()
                .map(Deployed::target)
                .filter(other -> other.placeholder().equals(target.placeholder()))
                .findFirst();
    }

    private Future<Void> deploy(UplinkTarget target) {
        UplinkSettings presented =
                target.access().map(own -> own.with(access.compression())).orElse(access);
        if (presented.token().isPresent() && target.isPlain()) {
            log.warn(
                    "[controller-ws] the token is sent to {} without TLS, and every machine on the way can read it:"
                            + " use wss:// and https://",
                    target.ws());
        }
        var uplink = new Uplink(target, limits, ids, presented);
        Future<String> id = vertx.deployVerticle(uplink);
        deployed.put(target.name(), new Deployed(target, uplink, id));
        return id.<Void>mapEmpty().onFailure(failed -> deployed.remove(target.name()));
    }

    private static Future<Void> conflict(String sentence) {
        return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, sentence));
    }
}
