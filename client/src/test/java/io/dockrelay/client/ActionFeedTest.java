package io.dockrelay.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ActionFeedTest extends OnScriptedController {

    private final BlockingQueue<ServerMessage.Action> steps = new LinkedBlockingQueue<>();

    @Test
    void actionIsFollowedToItsEffect() throws Exception {
        ActionFeed restart = restart();
        Future<Void> over = Future.future(promise -> restart.endHandler(promise::complete));
        assertThat(await(restart.accepted()).id()).isEqualTo("action-1");
        assertThat(next(steps).state()).isEqualTo(ActionState.ACCEPTED);
        ControlContainer asked = next(controller.actions);
        assertThat(asked.by()).isEqualTo("a test");
        controller.publish("action-1", asked, ActionState.DONE, null);
        assertThat(next(steps).state()).isEqualTo(ActionState.DONE);
        assertThat(await(restart.ended()).state()).isEqualTo(ActionState.DONE);
        await(over);
    }

    @Test
    void failureAtTheEngineIsAStepAndTheFuturesFailure() throws Exception {
        ActionFeed restart = restart();
        next(steps);
        controller.publish("action-1", next(controller.actions), ActionState.FAILED, "no space left");
        assertThat(next(steps).message()).isEqualTo("no space left");
        assertThatThrownBy(() -> await(restart.ended())).hasMessageContaining("no space left");
    }

    @Test
    void refusedActionFails() throws Exception {
        controller.refuse(new Refusal(RefusalKind.CONFLICT, "it is running already"));
        ActionFeed restart = restart();
        assertThatThrownBy(() -> await(restart.accepted())).hasMessageContaining("it is running already");
        assertThatThrownBy(() -> await(restart.ended())).hasMessageContaining("it is running already");
    }

    @Test
    void endIsUnknownWhenTheControllerLeaves() throws Exception {
        ActionFeed restart = restart();
        await(restart.accepted());
        next(steps);
        controller.leave();
        assertThatThrownBy(() -> await(restart.ended())).hasMessageContaining("edge-1 was lost");
    }

    private ActionFeed restart() throws Exception {
        ActionFeed feed =
                onContext(() -> dockrelay.control(ScriptedController.ID, "web", ContainerAction.RESTART, "a test"));
        feed.handler(steps::add);
        return feed;
    }
}
