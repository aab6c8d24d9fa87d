package io.dockrelay.protocol.state;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusReasonTest {

    @ParameterizedTest
    @CsvSource({
        "EXITED,   0,   false, STOPPED",
        "EXITED,   143, false, STOPPED",
        "EXITED,   137, true,  STOPPED",
        "EXITED,   137, false, DIED",
        "REMOVING, 0,   false, STOPPED",
        "REMOVING, 143, false, STOPPED",
        "REMOVING, 137, true,  STOPPED",
        "REMOVING, 1,   false, DIED",
        "REMOVING, ,    false, DIED",
        "DEAD,     0,   true,  DIED"
    })
    void orderlyEndIsAStopAlsoWhileTheContainerIsRemoved(
            ContainerStatus now, Integer exitCode, boolean requested, ChangeReason reason) {
        assertThat(StatusReason.ofEnd(now, exitCode, false, requested)).isEqualTo(reason);
    }
}
