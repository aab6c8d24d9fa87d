package io.dockrelay.relay.audit;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedContainer;

import static org.assertj.core.api.Assertions.assertThat;

class FollowedActionTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private final Refusal away = new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the connection was lost");

    private final FollowedAction action = new FollowedAction(
            RecordEntry.of(NOW, "stop", RecordOutcome.REQUESTED)
                    .by("ada", "10.0.0.7")
                    .on(new RecordedContainer("edge-1", "web", "0123456789ab")),
            41L);

    @Test
    void actionThatHasBegunIsFollowedWhenItsControllerIsAway() {
        assertThat(action.claims(message(ActionState.ACCEPTED))).isTrue();
        assertThat(action.progressed(message(ActionState.ACCEPTED))).isFalse();

        assertThat(action.failed(away, NOW)).isFalse();

        assertThat(action.claims(message(ActionState.DONE))).isTrue();
        assertThat(action.progressed(message(ActionState.DONE))).isTrue();
        assertThat(action.ended().outcome()).isEqualTo(RecordOutcome.DONE);
        assertThat(action.ended().request()).isEqualTo(41);
    }

    @Test
    void actionThatHasNotBegunFailsWhenItsControllerIsAway() {
        assertThat(action.failed(away, NOW)).isTrue();
        assertThat(action.ended().outcome()).isEqualTo(RecordOutcome.FAILED);
    }

    private static ServerMessage.Action message(ActionState state) {
        return new ServerMessage.Action("a-1", "edge-1", "web", ContainerAction.STOP, state, NOW, null, "ada");
    }
}
