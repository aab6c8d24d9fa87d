package io.dockrelay.relay.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.record.RecordedEvent;

/**
 * One action from its request to its end, with what the engine reports of its container. Owned by {@link ControlAudit}, on its
 * context.
 */
final class FollowedAction {

    private static final int MOST_EVENTS = 50;

    private final RecordEntry requested;

    /** The requested entry's sequence; null for an action that this relay has not requested. */
    private final Long sequence;

    private final List<RecordedEvent> events = new ArrayList<>();

    /** That of its {@code action} messages; null until it is known. */
    private String id;

    /** Null until it has ended. */
    private RecordOutcome outcome;

    private String reason;
    private Instant end;

    FollowedAction(RecordEntry requested, Long sequence) {
        this.requested = requested;
        this.sequence = sequence;
        this.reason = requested.reason();
    }

    /** Whether the message is about this action; it then has the message's id. */
    boolean claims(ServerMessage.Action message) {
        if (id != null) {
            return id.equals(message.id());
        }
        RecordedContainer container = requested.container();
        boolean same = message.action() != null
                && message.action().wireName().equals(requested.what())
                && message.container().equals(container.name())
                && Objects.equals(container.controller(), message.controller())
                && Objects.equals(requested.who(), message.by());
        id = same ? message.id() : null;
        return same;
    }

    /** Returns whether it has ended by this. */
    boolean progressed(ServerMessage.Action message) {
        id = message.id();
        if (message.state() == ActionState.DONE) {
            return end(RecordOutcome.DONE, message.message(), message.at());
        }
        return message.state() == ActionState.FAILED && end(RecordOutcome.FAILED, message.message(), message.at());
    }

    /** The controller has answered; returns whether it has ended by this. */
    boolean answered(ControlOutcome answer, Instant now) {
        if (answer.id() != null) {
            id = answer.id();
        }
        return answer.ended() && end(RecordOutcome.DONE, null, now);
    }

    /** The controller has not begun it, or not answered; returns whether it has ended by this. */
    boolean failed(Throwable cause, Instant now) {
        if (!(cause instanceof Refusal refusal)) {
            return end(RecordOutcome.UNKNOWN, "an internal error", now);
        }
        return switch (refusal.kind()) {
            case TIMED_OUT -> false;
            // It has begun: the controller reports its end when it is there again.
            case CONTROLLER_UNAVAILABLE -> id == null && end(RecordOutcome.FAILED, refusal.getMessage(), now);
            case BAD_REQUEST, NO_SUCH_CONTAINER, NOT_ALLOWED, CONFLICT, NOT_SUPPORTED, BUSY ->
                end(RecordOutcome.REFUSED, refusal.getMessage(), now);
            default -> end(RecordOutcome.FAILED, refusal.getMessage(), now);
        };
    }

    boolean end(RecordOutcome how, String why, Instant now) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        reason = why == null ? reason : reason == null ? why : reason + ": " + why;
        end = now;
        return true;
    }

    /** What the engine reported, if it is about this container. */
    void changed(Change change) {
        RecordedContainer container = requested.container();
        boolean named = container.id() == null || change.id() == null;
        boolean same =
                named ? change.name().equals(container.name()) : container.id().equals(change.id());
        boolean here = Objects.equals(container.controller(), change.controller());
        if (here && same && change.reason() != ChangeReason.ACTION && events.size() < MOST_EVENTS) {
            events.add(new RecordedEvent(
                    change.at(),
                    change.reason() == null ? null : change.reason().wireName(),
                    change.currentStatus() == null
                            ? null
                            : change.currentStatus().wireName(),
                    change.exitCode()));
        }
    }

    /** The entry of its end. */
    RecordEntry ended() {
        return requested.ended(sequence, end, outcome, events).because(reason);
    }
}
