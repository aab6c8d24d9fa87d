package io.dockrelay.protocol.bus;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.pass.PassFault;
import io.dockrelay.protocol.bus.pass.PassKey;
import io.dockrelay.protocol.bus.pass.PassedCall;
import io.dockrelay.protocol.bus.pass.UsedPasses;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.wire.WireJson;

/**
 * Which calls are answered in this program: what a controller allows at all, and what a program of the same cluster must
 * present. One per Vert.x; the bus asks it for every call that needs a permission. For any thread.
 */
public final class BusAccess implements Shareable {

    /** The header of a call that has its pass. */
    static final String HEADER = "dockrelay-pass";

    private static final Logger log = LoggerFactory.getLogger(BusAccess.class);
    private static final String PLACE = "dockrelay.bus.access";

    /**
     * What one controller of this program allows.
     *
     * @param key of the passes that it needs; null: it accepts calls without
     */
    private record Rule(Set<Permission> allowed, PassKey key) {}

    private final boolean clustered;
    private final Clock clock = Clock.systemUTC();
    private final UsedPasses used = new UsedPasses();

    /** By controller. */
    private final Map<String, Rule> rules = new ConcurrentHashMap<>();

    /** Faults that were logged as a warning. */
    private final Set<PassFault> warned = ConcurrentHashMap.newKeySet();

    /** Of the passes of this program's calls; null: they have none. */
    private volatile PassKey own;

    private BusAccess(boolean clustered) {
        this.clustered = clustered;
    }

    /** The one of this Vert.x. */
    public static BusAccess of(Vertx vertx) {
        return vertx.sharedData()
                .<String, BusAccess>getLocalMap(PLACE)
                .computeIfAbsent(PLACE, place -> new BusAccess(vertx.isClustered()));
    }

    /** The address at which other programs reach this bus; empty if it is of this program alone. */
    public static Optional<String> clusterHost(Vertx vertx) {
        return vertx.isClustered()
                ? Optional.of(
                        ((VertxInternal) vertx).clusterManager().getNodeInfo().host())
                : Optional.empty();
    }

    /** Calls of this program to others have passes of this token, and those of others to its uplinks need them. */
    public void callWith(String token) {
        own = PassKey.of(token);
    }

    /**
     * Restricts the calls to a controller of this program.
     *
     * @param token that programs of the same cluster must have; empty: none
     */
    public void restrict(String controller, Set<Permission> allowed, Optional<String> token) {
        PassKey key = token.map(PassKey::of).orElse(null);
        rules.put(controller, new Rule(Set.copyOf(allowed), key));
        if (own == null) {
            own = key;
        }
    }

    /** The controller has ended. */
    public void release(String controller) {
        rules.remove(controller);
    }

    /** Why a call is refused, by whichever client it is made; empty when it is not. */
    public Optional<Refusal> refusal(Call<?, ?> call) {
        Rule rule = ruleOf(call);
        boolean refused =
                rule != null && call.permission() != null && !rule.allowed().contains(call.permission());
        return refused ? Optional.of(notAllowed(call, rule.allowed())) : Optional.empty();
    }

    /** The pass of a call that may leave this program; empty when it needs none. */
    Optional<String> pass(Call<?, ?> call, Record question) {
        PassKey key = own;
        return clustered && key != null && call.permission() != null
                ? Optional.of(key.pass(passed(call, WireJson.write(question)), clock.instant()))
                : Optional.empty();
    }

    /**
     * Why a call that has arrived is not answered; empty when it is.
     *
     * @param body as it arrived
     * @param header its pass; null for none
     */
    Optional<Refusal> refusal(Call<?, ?> call, Record body, String header) {
        Optional<Refusal> refused = refusal(call);
        if (refused.isPresent() || call.permission() == null || !(body instanceof FromWire wire)) {
            return refused;
        }
        Rule rule = ruleOf(call);
        PassKey key = rule == null ? own : rule.key();
        return key == null
                ? Optional.empty()
                : key.check(passed(call, wire.json()), header, used, clock.instant())
                        .map(fault -> notAccepted(call, fault));
    }

    private Rule ruleOf(Call<?, ?> call) {
        return call.controller() == null ? null : rules.get(call.controller());
    }

    private static PassedCall passed(Call<?, ?> call, byte[] question) {
        return new PassedCall(call.address(), call.permission(), question);
    }

    private static Refusal notAllowed(Call<?, ?> call, Set<Permission> allowed) {
        String names =
                EnumSet.copyOf(allowed).stream().map(Permission::wireName).collect(Collectors.joining(", "));
        return new Refusal(
                RefusalKind.NOT_ALLOWED,
                call.answerer() + " does not allow \"" + call.permission().wireName()
                        + "\": its setting allow (CONTROLLER_ALLOW) is " + names);
    }

    private Refusal notAccepted(Call<?, ?> call, PassFault fault) {
        String sentence = call.answerer() + " does not accept this call: " + fault.sentence();
        if (warned.add(fault)) {
            log.warn("[bus] a call to {} from another program was refused: {}", call.address(), fault.sentence());
        } else {
            log.debug("[bus] a call to {} was refused: {}", call.address(), fault);
        }
        return new Refusal(fault == PassFault.BUSY ? RefusalKind.BUSY : RefusalKind.NOT_ALLOWED, sentence);
    }
}
