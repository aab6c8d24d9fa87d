package io.dockrelay.relay.uplink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.ContainerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class UplinkRestTest extends UplinkFixture {

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "403, NOT_ALLOWED",
        "404, NO_SUCH_CONTAINER",
        "409, CONFLICT",
        "429, TOO_MANY_SUBSCRIPTIONS",
        "501, UNREADABLE",
        "502, ENGINE_ERROR",
        "503, ENGINE_UNAVAILABLE",
        "504, TIMED_OUT",
        "500, INTERNAL",
        "418, ENGINE_ERROR"
    })
    void refusalsKeepTheirKindAndSentence(int status, RefusalKind kind) throws Exception {
        connect();
        remote.httpStatus = status;
        remote.httpBody = "{\"error\":\"it is so\"}";
        Refusal refusal = refusal(() -> FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("web", ContainerAction.START, false, false, null))));
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal).hasMessage("it is so");
        Refusal page = refusal(() -> read(ReadLogs.newest("web", 5)));
        assertThat(page.kind()).isEqualTo(kind);
    }

    /** As with a read that waited for its turn at the controller: its reader asks for as much again. */
    @ParameterizedTest
    @CsvSource({
        "504, busy, BUSY",
        "503, controller_unavailable, CONTROLLER_UNAVAILABLE",
        "501, not_supported, NOT_SUPPORTED",
        "504, unknown, TIMED_OUT",
        "400, busy, BAD_REQUEST"
    })
    void refusalIsTheKindThatTheAnswerNames(int status, String name, RefusalKind kind) throws Exception {
        connect();
        remote.httpStatus = status;
        remote.httpBody = "{\"error\":\"it is so\",\"kind\":\"" + name + "\"}";
        Refusal page = refusal(() -> read(ReadLogs.newest("web", 5)));
        assertThat(page.kind()).isEqualTo(kind);
        assertThat(page).hasMessage("it is so");
    }

    @Test
    void silentRestInterfaceTimesOutAndAbsentOneIsUnavailable() throws Exception {
        connect();
        remote.restSilent = true;
        assertThat(refusal(() -> read(ReadLogs.newest("web", 5))).kind()).isEqualTo(RefusalKind.TIMED_OUT);
        remote.stop();
        Refusal refusal = refusal(() -> FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("web", ContainerAction.START, false, false, null))));
        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
    }

    @Test
    void actionsAreSentOverRest() throws Exception {
        connect();
        remote.httpStatus = 202;
        remote.httpBody = "{\"status\":\"restarting\",\"container\":\"web\",\"message\":\"on its way\"}";
        var accepted = FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("we b/1", ContainerAction.RESTART, true, false, null)));
        assertThat(accepted.ended()).isFalse();
        remote.httpStatus = 200;
        remote.httpBody = "{\"container\":\"web\",\"status\":\"exited\",\"id\":\"7\"}";
        var ended = FakeController.get(bus.ask(
                Addresses.control(ID), new ControlContainer("web", ContainerAction.STOP, false, true, "10.0.0.7")));
        assertThat(ended.ended()).isTrue();
        assertThat(ended.id()).isEqualTo("7");
        assertThat(ended.container().status()).isEqualTo(ContainerStatus.EXITED);
        assertThat(remote.requests)
                .contains(
                        "POST /container/we%20b%2F1/restart?force=true",
                        "POST /container/web/stop?wait=300&by=10.0.0.7");
    }
}
