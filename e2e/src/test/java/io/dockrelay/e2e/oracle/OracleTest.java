package io.dockrelay.e2e.oracle;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two-minute oracle: the same faults each time, or those of {@code -Doracle.seed=}. {@code e2e/soak} draws new ones.
 */
@Tag("engine")
class OracleTest {

    @Test
    void noLineIsLostAndNoneComesTwiceWhateverGoesWrong() {
        long seed = Long.getLong("oracle.seed", 1);

        Verdict verdict = new Run(seed, Duration.ofMinutes(2), Boolean.getBoolean("oracle.together")).verdict();

        System.out.println(verdict.table());
        assertThat(verdict.objections()).isEmpty();
        assertThat(verdict.sum().owed()).isPositive();
        assertThat(verdict.diary().counts().keySet()).containsAll(FaultKind.certain());
    }
}
