package io.dockrelay.relay.fleet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FormerIdsTest {

    private final FormerIds ids = new FormerIds();

    @Test
    void idsOfAChainStandForTheLastOne() {
        ids.moved("a", "b");
        ids.moved("b", "c");

        assertThat(ids.current("a")).isEqualTo("c");
        assertThat(ids.current("b")).isEqualTo("c");
        assertThat(ids.current("other")).isEqualTo("other");
        assertThat(ids.of("c")).containsExactly("a", "b");
    }

    @Test
    void idThatIsUsedAgainStandsForItself() {
        ids.moved("a", "b");
        ids.moved("b", "a");
        assertThat(ids.current("a")).isEqualTo("a");
        assertThat(ids.of("a")).containsExactly("b");

        ids.used("b");
        assertThat(ids.current("b")).isEqualTo("b");
    }

    @Test
    void formerIdsAreForgottenWithTheirControllerAndBounded() {
        ids.moved("a", "b");
        ids.forget("b");
        assertThat(ids.current("a")).isEqualTo("a");

        for (int i = 0; i < 1000; i++) {
            ids.moved("host-" + i, "host-" + (i + 1));
        }
        assertThat(ids.of("host-1000")).hasSize(100).endsWith("host-999");
    }
}
