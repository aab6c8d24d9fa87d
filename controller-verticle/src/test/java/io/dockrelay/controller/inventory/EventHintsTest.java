package io.dockrelay.controller.inventory;

import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventHintsTest {

    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String SHORT = "0123456789ab";

    private final EventHints hints = new EventHints();

    @CanIgnoreReturnValue
    private boolean take(String action, Map<String, String> attributes) {
        return hints.take(ID, action, attributes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec_create: /bin/sh -c true", "exec_start: true", "exec_die", "attach", "top", "resize"})
    void probesAndAttachmentsAreNoHints(String action) {
        assertThat(hints.take(ID, action, Map.of())).isFalse();
        assertThat(hints.touched()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "start",
                "die",
                "stop",
                "restart",
                "pause",
                "unpause",
                "rename",
                "destroy",
                "oom",
                "health_status: healthy",
                "health_status"
            })
    void everythingElseIsAHint(String action) {
        assertThat(hints.take(ID, action, Map.of())).isTrue();
        assertThat(hints.touched()).containsExactly(SHORT);
        assertThat(hints.touched()).isEmpty();
    }

    @Test
    void signalIsNoHintBecauseNothingHasChangedYet() {
        assertThat(hints.take(ID, "kill", Map.of("signal", "9"))).isFalse();
        assertThat(hints.touched()).isEmpty();
    }

    @Test
    void endingSignalRequestsTheEndUntilTheContainerIsDown() {
        take("kill", Map.of("signal", "15"));
        hints.settle(Set.of(SHORT));
        assertThat(hints.requestedEnds()).containsExactly(SHORT);
        hints.settle(Set.of());
        assertThat(hints.requestedEnds()).isEmpty();
    }

    @Test
    void otherSignalsRequestNothing() {
        take("kill", Map.of("signal", "1"));
        assertThat(hints.requestedEnds()).isEmpty();
    }

    @Test
    void startEndsTheRequest() {
        take("stop", Map.of());
        take("start", Map.of());
        assertThat(hints.requestedEnds()).isEmpty();
    }

    @Test
    void hintsOfAFailedScanAreKept() {
        take("die", Map.of());
        hints.putBack(hints.touched());
        assertThat(hints.touched()).containsExactly(SHORT);
    }
}
