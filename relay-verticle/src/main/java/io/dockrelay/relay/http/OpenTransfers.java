package io.dockrelay.relay.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.SignIn;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;
import io.dockrelay.relay.view.FleetViews;

/**
 * Downloads, searches and exports that are being sent. One whose caller loses the right to it, or signs out, is reset within {@link
 * #CHECK_EVERY}, so that no client takes it for complete. Owned by the routes, on the relay's context.
 */
final class OpenTransfers {

    private static final Logger log = LoggerFactory.getLogger(OpenTransfers.class);

    private static final Duration CHECK_EVERY = Duration.ofMillis(500);

    private final FleetViews views;
    private final SignIn signIn;
    /** Runs while something is open. */
    private final Periodic checks;

    private final Map<RoutingContext, Transfer> open = new LinkedHashMap<>();

    private record Transfer(Caller caller, Predicate<FleetView> permitted) {}

    OpenTransfers(Vertx vertx, FleetViews views, SignIn signIn) {
        this.views = views;
        this.signIn = signIn;
        this.checks = new Periodic(vertx);
        views.onRights(this::check);
    }

    /** @param permitted whether the transfer may go on with the rights of a later moment */
    void add(RoutingContext context, Caller caller, Predicate<FleetView> permitted) {
        if (open.isEmpty()) {
            checks.start(CHECK_EVERY, this::check);
        }
        open.put(context, new Transfer(caller, permitted));
        int unused = context.addEndHandler(ended -> remove(context));
    }

    private void remove(RoutingContext context) {
        open.remove(context);
        if (open.isEmpty()) {
            checks.cancel();
        }
    }

    private boolean holds(RoutingContext context, Transfer transfer) {
        return signIn.holds(context.request())
                && views.present(transfer.caller())
                        .map(Caller::view)
                        .filter(transfer.permitted())
                        .isPresent();
    }

    private void check() {
        for (Map.Entry<RoutingContext, Transfer> entry : List.copyOf(open.entrySet())) {
            if (!holds(entry.getKey(), entry.getValue())) {
                end(entry.getKey());
            }
        }
    }

    private void end(RoutingContext context) {
        log.info("{} ended: its caller's rights or session have ended", context.normalizedPath());
        remove(context);
        context.response().reset().onFailure(gone -> log.debug("the client disconnected before its rights ended"));
    }
}
