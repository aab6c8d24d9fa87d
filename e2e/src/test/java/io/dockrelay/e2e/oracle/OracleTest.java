package io.dockrelay.e2e.oracle;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A two-minute run of the oracle: always the same faults, or those of {@code -Doracle.seed=}. {@code e2e/soak} draws
 * new ones.
 */
@Tag("engine")
class OracleTest {

    @Test
    void noFaultLosesOrRepeatsALine() {
        long seed = Long.getLong("oracle.seed", 1);

        Verdict verdict = new Run(seed, Duration.ofMinutes(2), Boolean.getBoolean("oracle.together")).verdict();

        System.out.println(verdict.table());
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.sum().expected()).isPositive();
        assertThat(verdict.faults().counts().keySet()).containsAll(FaultKind.certain());
    }
}
