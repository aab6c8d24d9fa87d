package io.dockrelay.relay.uplink;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.ContainerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedEndTest {

    @ParameterizedTest
    @CsvSource({
        "START,   EXITED,     Exited (0),             false, false",
        "START,   RUNNING,    Up 2 hours,             false, true",
        "STOP,    RUNNING,    Up 2 hours,             false, false",
        "STOP,    EXITED,     Exited (0),             false, true",
        "STOP,    RESTARTING, Restarting,             false, false",
        "STOP,    UNKNOWN,    '',                     false, false",
        "RESTART, RUNNING,    Up 2 hours,             false, false",
        "RESTART, RUNNING,    Up 2 hours,             true,  true",
        "RESTART, RUNNING,    Up 4 seconds (healthy), false, true",
        "RESTART, RUNNING,    Up Less than a second,  false, true",
        "RESTART, RUNNING,    Up 5 seconds,           false, false",
        "RESTART, RUNNING,    Up 40 minutes,          false, false",
        "RESTART, EXITED,     Exited (0),             true,  false"
    })
    void stateSaysWhetherAnActionOfFiveSecondsHasEnded(
            ContainerAction action, ContainerStatus status, String text, boolean wasDown, boolean ended) {
        var now = new Container("web", "web", status, text, null, "0123456789ab", true, "edge-1", null, null, null);

        assertThat(ObservedEnd.of(action, now, wasDown, Duration.ofSeconds(5))).isEqualTo(ended);
    }
}
