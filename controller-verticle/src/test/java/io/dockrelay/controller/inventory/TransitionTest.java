package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerStatus;

import static io.dockrelay.controller.inventory.ObservedContainers.FINISHED_AT;
import static io.dockrelay.controller.inventory.ObservedContainers.STARTED_AT;
import static io.dockrelay.controller.inventory.ObservedContainers.up;
import static io.dockrelay.controller.inventory.ObservedContainers.with;
import static org.assertj.core.api.Assertions.assertThat;

class TransitionTest {

    private static final Instant LATER = STARTED_AT.plusSeconds(100);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "RUNNING    | Up 5 seconds                 | RUNNING    | Up 7 seconds                  | false | -",
                "RUNNING    | Up 5 seconds (healthy)       | RUNNING    | Up 7 seconds (unhealthy)      | false | HEALTH",
                "RUNNING    | Up 1 second (health: starting) | RUNNING  | Up 7 seconds (healthy)        | false | HEALTH",
                "RUNNING    | Up 5 seconds                 | PAUSED     | Up 5 seconds (Paused)         | false | PAUSED",
                "PAUSED     | Up 5 seconds (Paused)        | RUNNING    | Up 9 seconds                  | false | RESUMED",
                "CREATED    | Created                      | RUNNING    | Up 1 second                   | false | STARTED",
                "EXITED     | Exited (1) 1 second ago      | RUNNING    | Up 1 second                   | false | STARTED",
                "RESTARTING | Restarting (1) 1 second ago  | RUNNING    | Up 1 second                   | false | RESTARTED",
                "RUNNING    | Up 1 second                  | RESTARTING | Restarting (1) 1 second ago   | false | DIED",
                "RUNNING    | Up 1 second                  | RESTARTING | Restarting (0) 1 second ago   | true  | DIED",
                "RUNNING    | Up 1 second                  | EXITED     | Exited (3) 1 second ago       | false | DIED",
                "RUNNING    | Up 1 second                  | EXITED     | Exited (137) 1 second ago     | false | DIED",
                "RUNNING    | Up 1 second                  | EXITED     | Exited (137) 1 second ago     | true  | STOPPED",
                "RUNNING    | Up 1 second                  | EXITED     | Exited (143) 1 second ago     | false | STOPPED",
                "RUNNING    | Up 1 second                  | EXITED     | Exited (0) 1 second ago       | false | STOPPED",
                "PAUSED     | Up 1 second (Paused)         | EXITED     | Exited (137) 1 second ago     | true  | STOPPED",
                "EXITED     | Exited (0) 1 second ago      | REMOVING   | Removal In Progress           | false | REMOVED",
                "EXITED     | Exited (0) 1 second ago      | EXITED     | Exited (0) 3 seconds ago      | false | -",
                "EXITED     | Exited (0) 1 second ago      | DEAD       | Dead                          | false | DIED"
            })
    void statusesDecideTheReason(
            ContainerStatus before,
            String textBefore,
            ContainerStatus now,
            String text,
            boolean asked,
            ChangeReason reason) {
        Optional<Transition> happening =
                Transition.between(with(up(1, "a"), before, textBefore), with(up(1, "a"), now, text), asked);
        assertThat(happening.map(Transition::reason)).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void restartBetweenTwoScansIsARestart() {
        ObservedContainer again = up(1, "a").withFacts(Optional.of(ObservedContainers.running(LATER)));
        assertThat(Transition.between(up(1, "a"), again, false))
                .contains(new Transition(ChangeReason.RESTARTED, null, LATER));
    }

    @Test
    void startAndEndBetweenTwoScansIsOneEnd() {
        ObservedContainer before = ObservedContainers.exited(1, "a", 0);
        ObservedContainer again = ObservedContainers.exited(1, "a", 5)
                .withFacts(Optional.of(new InspectedFacts(LATER, LATER.plusSeconds(1), 5, false, 0, null, null, null)));
        assertThat(Transition.between(before, again, false))
                .contains(new Transition(ChangeReason.DIED, 5, LATER.plusSeconds(1)));
    }

    @Test
    void startThatFailedIsAnEnd() {
        ObservedContainer never = ObservedContainers.created(1, "a");
        ObservedContainer failed = never.withFacts(Optional.of(failure("no such file", 127)));
        assertThat(Transition.between(never, failed, false)).contains(new Transition(ChangeReason.DIED, 127, null));
        assertThat(Transition.between(failed, failed, false)).isEmpty();
        ObservedContainer otherwise = never.withFacts(Optional.of(failure("port in use", 128)));
        assertThat(Transition.between(failed, otherwise, false)).contains(new Transition(ChangeReason.DIED, 128, null));
    }

    @Test
    void errorOfAContainerWhoseFactsWereUnknownIsOld() {
        ObservedContainer unknown = ObservedContainers.created(1, "a").withFacts(Optional.empty());
        ObservedContainer failed = unknown.withFacts(Optional.of(failure("no such file", 127)));
        assertThat(Transition.between(unknown, failed, false)).isEmpty();
    }

    private static InspectedFacts failure(String error, int code) {
        return new InspectedFacts(null, null, code, false, 0, error, "image:1", null);
    }

    @Test
    void unknownFactsAreNoTransition() {
        ObservedContainer unknown = up(1, "a").withFacts(Optional.empty());
        assertThat(Transition.between(unknown, up(1, "a"), false)).isEmpty();
        assertThat(Transition.between(up(1, "a"), unknown, false)).isEmpty();
    }

    @Test
    void restartCountDecidesOnlyWithoutStartTimes() {
        var first = Optional.of(new InspectedFacts(null, null, null, null, 0, null, null, null));
        var second = Optional.of(new InspectedFacts(null, null, null, null, 1, null, null, null));
        assertThat(Transition.between(up(1, "a").withFacts(first), up(1, "a").withFacts(second), false))
                .map(Transition::reason)
                .contains(ChangeReason.RESTARTED);
        var counted = Optional.of(new InspectedFacts(STARTED_AT, null, 0, false, 1, null, null, null));
        assertThat(Transition.between(up(1, "a"), up(1, "a").withFacts(counted), false))
                .isEmpty();
    }

    @Test
    void outOfMemoryHasCodeAndTime() {
        ObservedContainer killed = ObservedContainers.exited(1, "a", 137)
                .withFacts(Optional.of(new InspectedFacts(STARTED_AT, FINISHED_AT, 137, true, 0, null, null, null)));
        assertThat(Transition.between(up(1, "a"), killed, true))
                .contains(new Transition(ChangeReason.OOM, 137, FINISHED_AT));
    }

    @Test
    void exitCodeOfTheStatusTextGoesFirst() {
        ObservedContainer stale = with(up(1, "a"), ContainerStatus.EXITED, "Exited (42) Less than a second ago");
        assertThat(Transition.between(up(1, "a"), stale, false).orElseThrow().exitCode())
                .isEqualTo(42);
    }
}
