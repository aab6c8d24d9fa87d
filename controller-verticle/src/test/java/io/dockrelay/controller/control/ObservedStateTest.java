package io.dockrelay.controller.control;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.ContainerAction;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedStateTest {

    @ParameterizedTest
    @CsvSource({
        "created,    false, false, false",
        "running,    false, false, false",
        "paused,     true,  false, false",
        "restarting, false, false, false",
        "exited,     false, false, false",
        "removing,   true,  false, true",
        "dead,       true,  false, true"
    })
    void stateDecidesWhatTheEngineIsCertainToRefuse(String status, boolean start, boolean stop, boolean restart) {
        ObservedState state = new ObservedState(status, null, Duration.ZERO);

        assertThat(state.refuses(ContainerAction.START)).isEqualTo(start);
        assertThat(state.refuses(ContainerAction.STOP)).isEqualTo(stop);
        assertThat(state.refuses(ContainerAction.RESTART)).isEqualTo(restart);
    }
}
