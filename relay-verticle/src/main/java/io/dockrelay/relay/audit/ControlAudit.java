package io.dockrelay.relay.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedContainer;

/**
 * Records each action twice: that it is requested, before the controller is asked, and how it ended, with what the engine
 * reported. An action that this relay has not requested (by another relay, or at the controller's own port) is recorded when
 * it ends. Owned by {@link RelayAudit}, on the relay's context, until {@link #close}.
 */
public final class ControlAudit {

    /** After the end of an action: the engine's report of it may come with the next scan. */
    private static final Duration REPORTED_WITHIN = Duration.ofSeconds(3);

    /** Eight actions may wait before one, each with the longest grace. */
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(50);

    private static final int MOST_AT_ONCE = 1000;
    private static final String ELSEWHERE = "it was not requested through this relay";

    private final Vertx vertx;
    private final Audit audit;
    private final RefusalAudit refusals;
    private final Clock clock;

    /** With the timer that ends each. */
    private final Map<FollowedAction, Timeout> followed = new LinkedHashMap<>();

    ControlAudit(Vertx vertx, Audit audit, RefusalAudit refusals, Clock clock) {
        this.vertx = vertx;
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Asks a controller for an action, and follows it.
     *
     * @param asking makes the call, after the request is on disk
     * @return the answer; a refusal when the request cannot be recorded
     */
    public Future<ControlOutcome> control(
            Actor actor, Container container, ControlContainer request, Supplier<Future<ControlOutcome>> asking) {
        if (!audit.isOn()) {
            return asking.get();
        }
        var target = new RecordedContainer(container.controller(), container.name(), container.id());
        String what = request.action().wireName();
        RecordEntry requested = RecordEntry.of(clock.instant(), what, RecordOutcome.REQUESTED)
                .by(actor.name(), actor.address())
                .on(target);
        return appended(requested)
                .onFailure(cause -> refusals.refused(actor, what, target, cause.getMessage()))
                .compose(sequence -> followed(new FollowedAction(requested, sequence), asking));
    }

    private Future<Long> appended(RecordEntry requested) {
        return followed.size() < MOST_AT_ONCE
                ? audit.append(requested)
                : Future.failedFuture(new Refusal(
                        RefusalKind.NOT_RECORDED, MOST_AT_ONCE + " actions are in progress already; try again later"));
    }

    private Future<ControlOutcome> followed(FollowedAction action, Supplier<Future<ControlOutcome>> asking) {
        follow(action);
        return asking.get()
                .onSuccess(answer -> settleIf(action, action.answered(answer, clock.instant())))
                .onFailure(cause -> settleIf(action, action.failed(cause, clock.instant())));
    }

    /** An action has progressed, of any requester. */
    void progressed(ServerMessage.Action message) {
        FollowedAction action = followed.keySet().stream()
                .filter(one -> one.claims(message))
                .findFirst()
                .orElseGet(() -> elsewhere(message));
        if (action != null) {
            settleIf(action, action.progressed(message));
        }
    }

    void changed(List<Change> changes) {
        changes.forEach(change -> followed.keySet().forEach(action -> action.changed(change)));
    }

    /** Records what is in progress as not seen to its end. */
    void close() {
        for (FollowedAction action : List.copyOf(followed.keySet())) {
            boolean unused = action.end(RecordOutcome.UNKNOWN, "this relay stopped before its end", clock.instant());
            record(action);
        }
    }

    /** Null when nothing is recorded, for a message of a newer version, and when too many are followed. */
    private FollowedAction elsewhere(ServerMessage.Action message) {
        if (!audit.isOn()
                || message.action() == null
                || message.controller() == null
                || followed.size() >= MOST_AT_ONCE) {
            return null;
        }
        RecordEntry requested = RecordEntry.of(message.at(), message.action().wireName(), RecordOutcome.REQUESTED)
                .by(message.by(), null)
                .on(new RecordedContainer(message.controller(), message.container(), null))
                .because(ELSEWHERE);
        var action = new FollowedAction(requested, null);
        follow(action);
        return action;
    }

    private void follow(FollowedAction action) {
        var limit = new Timeout(vertx);
        followed.put(action, limit);
        limit.start(ENDS_WITHIN, () -> {
            String reason = "its end was not seen within " + ENDS_WITHIN.toMinutes() + " minutes";
            boolean unused = action.end(RecordOutcome.UNKNOWN, reason, clock.instant());
            record(action);
        });
    }

    private void settleIf(FollowedAction action, boolean ended) {
        Timeout timer = followed.get(action);
        if (ended && timer != null) {
            timer.start(REPORTED_WITHIN, () -> record(action));
        }
    }

    private void record(FollowedAction action) {
        Timeout timer = followed.remove(action);
        if (timer != null) {
            timer.cancel();
            audit.note(action.ended());
        }
    }
}
