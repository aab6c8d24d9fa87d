package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.RestartLoop;

import static io.dockrelay.controller.inventory.ObservedContainers.exited;
import static io.dockrelay.controller.inventory.ObservedContainers.seen;
import static org.assertj.core.api.Assertions.assertThat;

class RestartLoopsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RestartLoops loops = new RestartLoops();
    private Instant now = Instant.parse("2025-11-25T21:00:00Z");

    @Test
    void containerThatRestartsByItselfIsInALoopWhateverItsStatusIs() {
        assertThat(running(0)).isNull();
        for (int restarts = 1; restarts < RestartLoops.ENOUGH; restarts++) {
            assertThat(restarting(restarts)).isNull();
            assertThat(running(restarts)).isNull();
        }
        for (int restarts = RestartLoops.ENOUGH; restarts < 20; restarts++) {
            assertThat(restarting(restarts)).isEqualTo(new RestartLoop(7));
            assertThat(running(restarts)).isEqualTo(new RestartLoop(7));
        }
    }

    @Test
    void loopEndsWhenTheContainerHasBeenUpForAWhile() {
        loop();
        now = now.plus(RestartLoops.WINDOW).minus(SECOND.multipliedBy(5));
        assertThat(running(RestartLoops.ENOUGH)).isNotNull();
        now = now.plus(SECOND.multipliedBy(10));
        assertThat(running(RestartLoops.ENOUGH)).isNull();
    }

    @Test
    void restartsThatAreFarApartAreNoLoop() {
        for (int restarts = 0; restarts < 20; restarts++) {
            assertThat(running(restarts)).isNull();
            now = now.plus(RestartLoops.WINDOW.dividedBy(2)).plus(SECOND);
        }
    }

    @Test
    void containerThatIsStoppedOrStartedByAUserIsInNoLoop() {
        loop();
        assertThat(loops.observe(exited(1, "a", 7), now)).isNull();
        assertThat(running(0)).isNull();

        loop();
        assertThat(running(0)).isNull();
    }

    @Test
    void restartsBeforeTheFirstScanAreNotCountedBecauseTheirTimesAreUnknown() {
        for (int restarts = 40; restarts < 40 + RestartLoops.ENOUGH; restarts++) {
            assertThat(restarting(restarts)).isNull();
        }
        assertThat(running(40 + RestartLoops.ENOUGH)).isEqualTo(new RestartLoop(7));
    }

    @Test
    void containerThatEndsBetweenItsRestartsKeepsItsCount() {
        for (int restarts = 0; restarts < 20; restarts++) {
            assertThat(running(restarts)).isNull();
            assertThat(loops.observe(exited(1, "a", 7), now)).isNull();
        }
    }

    @Test
    void countThatGoesBackwardsStartsFromZero() {
        assertThat(running(10)).isNull();
        assertThat(running(RestartLoops.ENOUGH)).isNotNull();
        loops.retain(Set.of());
        assertThat(running(RestartLoops.ENOUGH)).isNull();
    }

    private void loop() {
        assertThat(running(0)).isNull();
        assertThat(restarting(RestartLoops.ENOUGH)).isNotNull();
    }

    private RestartLoop running(int restarts) {
        return observe(ContainerStatus.RUNNING, "Up 1 second", restarts, 0);
    }

    @CanIgnoreReturnValue
    private RestartLoop restarting(int restarts) {
        return observe(ContainerStatus.RESTARTING, "Restarting (7) 1 second ago", restarts, 7);
    }

    private RestartLoop observe(ContainerStatus status, String text, int restarts, int exitCode) {
        var facts = new InspectedFacts(now, null, exitCode, false, restarts, null, null, null);
        RestartLoop loop = loops.observe(seen(1, "a", ComposeLabels.NONE, status, text, facts), now);
        now = now.plus(SECOND);
        return loop;
    }
}
