package io.dockrelay.e2e.oracle;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two-minute oracle, for the seed that {@code -Doracle.seed=} names; {@code e2e/soak} draws one. It is not part of
 * {@code ./test} as long as it still finds what {@code docs/testing.md} names.
 */
@EnabledIfSystemProperty(named = "oracle.seed", matches = "-?[0-9]+", disabledReason = "wants -Doracle.seed=")
class OracleTest {

    @Test
    void noLineIsLostAndNoneComesTwiceWhateverGoesWrong() {
        long seed = Long.getLong("oracle.seed");

        Verdict verdict = new Run(seed, Duration.ofMinutes(2), Boolean.getBoolean("oracle.together")).verdict();

        System.out.println(verdict.table());
        assertThat(verdict.objections()).isEmpty();
        assertThat(verdict.sum().owed()).isPositive();
        assertThat(verdict.diary().counts().keySet()).containsAll(FaultKind.certain());
    }
}
