package io.dockrelay.relay.audit;

import java.time.Clock;

import io.vertx.core.Vertx;

import io.dockrelay.listener.RefusedRequest;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;

/** Records refusals, equal ones together. Owned by {@link RelayAudit}, on the relay's context, until {@link #close}. */
public final class RefusalAudit {

    private final Audit audit;
    private final Clock clock;
    private final RefusalMerge merge = new RefusalMerge();

    /** Runs while there is something to merge. */
    private final Timeout span;

    RefusalAudit(Vertx vertx, Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.span = new Timeout(vertx);
    }

    /** The listener has refused a request. */
    public void refused(RefusedRequest request) {
        refused(
                RefusalMerge.Requester.AT_THE_DOOR,
                RecordEntry.of(clock.instant(), RecordedAction.ACCESS, RecordOutcome.REFUSED)
                        .by(request.address(), request.address())
                        .because(request.reason()),
                kind(request));
    }

    /**
     * A client was refused what it asked for.
     *
     * @param what a word of {@link RecordEntry#what()}
     * @param target the container, as far as it is known; null when it is about none
     */
    public void refused(Actor actor, String what, RecordedContainer target, String reason) {
        refused(RefusalMerge.Requester.ADMITTED, actor, what, target, reason);
    }

    /** A client was refused at the sign-in, or with a token that does not hold: it may be anyone. */
    void refusedStranger(Actor actor, String what, String reason) {
        refused(RefusalMerge.Requester.AT_SIGN_IN, actor, what, null, reason);
    }

    private void refused(
            RefusalMerge.Requester requester, Actor actor, String what, RecordedContainer target, String reason) {
        RecordEntry entry = RecordEntry.of(clock.instant(), what, RecordOutcome.REFUSED)
                .by(actor.name(), actor.address())
                .on(target)
                .because(reason);
        refused(requester, entry, reason);
    }

    /** The same with the exception that refused it. What rights refuse is recorded by {@link RightsAudit} alone. */
    public void refused(Actor actor, String what, RecordedContainer target, RuntimeException refusal) {
        if (!Refusal.is(RefusalKind.NOT_ALLOWED, refusal)) {
            refused(actor, what, target, refusal.getMessage());
        }
    }

    void close() {
        span.cancel();
        endSpan();
    }

    private void refused(RefusalMerge.Requester requester, RecordEntry entry, String kind) {
        merge.refused(requester, entry, kind, clock.millis()).ifPresent(audit::note);
        if (!span.isRunning() && !merge.isEmpty()) {
            span.start(RefusalBudget.SPAN, this::endSpan);
        }
    }

    /** The header that is wrong is the first word; what the client has sent in it comes later. */
    private static String kind(RefusedRequest request) {
        return request.status() + " " + request.reason().split(" ", 2)[0];
    }

    private void endSpan() {
        merge.span(clock.instant()).forEach(audit::note);
    }
}
