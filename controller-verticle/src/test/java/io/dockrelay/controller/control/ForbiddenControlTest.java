package io.dockrelay.controller.control;

import java.util.Optional;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.state.ContainerAction;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** A container whose label forbids control to every caller: relays, and programs on the bus. */
class ForbiddenControlTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine scripted = new ScriptedEngine();

    @AfterEach
    void close() {
        await(vertx.close());
        scripted.close();
    }

    @ParameterizedTest
    @EnumSource
    void labelOfTheEnginesAnswerForbidsEveryActionAlsoAForcedOne(ContainerAction action) {
        scripted.labels = "{\"dockrelay.control\":\"off\"}";
        var actions = new EngineActions(scripted.client(vertx), OwnContainers.of("", "", null), Optional.empty());

        for (boolean force : new boolean[] {false, true}) {
            Throwable failure = await(
                    actions.check("web", action, force).map((Throwable) null).otherwise(refused -> refused));
            assertThat(Refusal.is(RefusalKind.NOT_ALLOWED, failure)).isTrue();
            assertThat(failure).hasMessage(LabelRules.NO_CONTROL);
        }
        assertThat(scripted.actions).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherValueForbidsNothing(ContainerAction action) {
        scripted.labels = "{\"dockrelay.control\":\"on\"}";
        var actions = new EngineActions(scripted.client(vertx), OwnContainers.of("", "", null), Optional.empty());

        assertThat(await(actions.check("web", action, false))).isNotNull();
    }
}
