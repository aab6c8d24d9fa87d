package io.dockrelay.relay.uplink;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An action at a controller of version 1, which sends no {@code action} messages. */
class UplinkActionsV1Test extends UplinkFixture {

    private String controller;

    @BeforeEach
    void connectToVersion1() throws Exception {
        remote.v1 = true;
        remote.httpStatus = 202;
        remote.httpBody = "{\"status\":\"stopping\",\"container\":\"web\"}";
        deploy();
        controller = remote.target().placeholder();
        await().until(() -> connected(controller));
    }

    @Test
    void actionEndsWhenTheObservedStateSaysSo() throws Exception {
        ControlOutcome accepted = request(ContainerAction.STOP);
        await().until(() -> action() != null);
        assertThat(action().action()).isEqualTo(ContainerAction.STOP);
        assertThat(action().by()).isEqualTo("ann");
        assertThat(actions).singleElement().satisfies(message -> {
            assertThat(message.state()).isEqualTo(ActionState.ACCEPTED);
            assertThat(message.id()).isEqualTo(accepted.id());
        });

        remote.httpStatus = 200;
        remote.status = "exited";
        remote.send(statusChange(false));

        await().until(() -> action() == null);
        assertThat(actions.getLast().state()).isEqualTo(ActionState.DONE);
        assertThat(actions.getLast().id()).isEqualTo(accepted.id());
    }

    @Test
    void laterActionTakesThePlaceOfAnEarlierOneAndEndsIt() throws Exception {
        ControlOutcome first = request(ContainerAction.STOP);
        ControlOutcome second = request(ContainerAction.RESTART);

        await().until(() -> actions.size() >= 3);
        assertThat(actions.subList(0, 3))
                .extracting(message -> message.id() + " " + message.state())
                .containsExactly(
                        first.id() + " " + ActionState.ACCEPTED,
                        first.id() + " " + ActionState.FAILED,
                        second.id() + " " + ActionState.ACCEPTED);
    }

    @Test
    void actionWithoutAnEffectEndsAfterALimitWithTheReason() throws Exception {
        var unused = request(ContainerAction.STOP);

        await().until(() -> actions.size() == 2);
        assertThat(actions.getLast().state()).isEqualTo(ActionState.FAILED);
        assertThat(actions.getLast().message()).contains("version 1", "within 5 s", "may go on");
        await().until(() -> action() == null);
    }

    @Test
    void whatVersion1CannotDoIsNotSupported() {
        assertThat(refusal(() -> request(ContainerAction.KILL)).kind()).isEqualTo(RefusalKind.NOT_SUPPORTED);
        assertThat(refusal(() -> FakeController.get(bus.ask(Addresses.details(controller), new AskDetails("web"))))
                        .kind()
                        .httpStatus())
                .isEqualTo(501);
        assertThat(remote.requests).noneMatch(line -> line.contains("kill"));
    }

    private ControlOutcome request(ContainerAction action) throws Exception {
        return FakeController.get(
                bus.ask(Addresses.control(controller), new ControlContainer("web", action, false, false, "ann")));
    }

    private ActionInProgress action() throws Exception {
        return FakeController.get(bus.ask(Addresses.containers(controller), new AskContainers(false)))
                .containers()
                .getFirst()
                .action();
    }
}
