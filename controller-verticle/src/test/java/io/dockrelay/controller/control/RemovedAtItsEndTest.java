package io.dockrelay.controller.control;

import java.util.Optional;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** Ends a container that the engine removes then, as after {@code docker run --rm}. */
class RemovedAtItsEndTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine scripted = new ScriptedEngine();
    private final EngineActions actions = actions(scripted.client(vertx));

    @AfterEach
    void close() {
        await(vertx.close());
        scripted.close();
    }

    private static EngineActions actions(DockerEngine engine) {
        return new EngineActions(engine, OwnContainers.of("", "", null), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"STOP, removing", "KILL, removing", "STOP, gone", "KILL, gone"})
    void endIsWhatWasRequested(ContainerAction action, String afterEnd) {
        scripted.afterEnd = afterEnd;

        assertThat(await(actions.run("web", action))).isNull();
        assertThat(scripted.actions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"STOP", "KILL"})
    void endBeforeTheRequestIsWhatWasRequestedToo(ContainerAction action) {
        scripted.endsFirst = true;

        assertThat(await(actions.run("web", action))).isNull();
        assertThat(scripted.actions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"START, exited", "RESTART, running"})
    void startThatIsFollowedByTheRemovalSaysSo(ContainerAction action, String before) {
        scripted.status = before;
        scripted.afterStart = ScriptedEngine.GONE;

        Throwable failure = failure(actions.run("web", action));

        assertThat(Refusal.is(RefusalKind.CONFLICT, failure)).isTrue();
        assertThat(failure).hasMessageContaining("it started, but ended again and is removed");
    }

    @ParameterizedTest
    @CsvSource({"START, exited", "RESTART, running"})
    void startOfAContainerThatIsGoneIsRefused(ContainerAction action, String before) {
        scripted.status = before;
        scripted.endsFirst = true;

        assertThat(Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure(actions.run("web", action))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"START", "RESTART", "STOP", "KILL"})
    void containerThatWasGoneBeforeIsRefused(ContainerAction action) {
        scripted.status = ScriptedEngine.GONE;

        assertThat(Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure(actions.run("web", action))))
                .isTrue();
    }
}
