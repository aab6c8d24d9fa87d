package io.dockrelay.e2e.oracle;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.e2e.oracle.FaultPlan.Planned;

import static org.assertj.core.api.Assertions.assertThat;

/** Which parts of a plan are random, and which are not. */
class FaultPlanTest {

    private static final Duration SHORT = Duration.ofSeconds(85);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7, 1_764_068_400_000L})
    void everyKindOfFaultHappensForEachSeed(long seed) {
        List<Planned> faults = FaultPlan.draw(seed, SHORT).faults();

        assertThat(faults).extracting(Planned::kind).containsExactlyInAnyOrderElementsOf(FaultKind.all());
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.atMillis()).isBetween(0L, SHORT.toMillis());
            assertThat(fault.forMillis()).isBetween((long) fault.kind().shortest(), (long)
                    fault.kind().longest());
        });
    }

    @Test
    void sameSeedGivesTheSamePlan() {
        assertThat(FaultPlan.draw(7, SHORT)).isEqualTo(FaultPlan.draw(7, SHORT));
        assertThat(FaultPlan.draw(7, SHORT)).isNotEqualTo(FaultPlan.draw(8, SHORT));
    }

    @Test
    void longRunDoesNotKillTheProgramInItsSecondHalf() {
        Duration window = Duration.ofMinutes(19);

        List<Planned> faults = FaultPlan.draw(3, window).faults();

        assertThat(faults.stream().filter(fault -> fault.kind() == FaultKind.KILL_RELAY))
                .hasSizeGreaterThan(4)
                .allMatch(fault -> fault.atMillis() < window.toMillis() * 0.6);
        assertThat(faults.stream().filter(fault -> fault.kind() == FaultKind.CUT_LINK))
                .anyMatch(fault -> fault.atMillis() > window.toMillis() * 0.8);
    }
}
