package io.dockrelay.protocol.stats;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatsSetTest {

    @ParameterizedTest
    @CsvSource({
        "web, true",
        "shop-web-1, true",
        "abc123ef0123, true",
        "edge-1/web, true",
        "edge-1/shop-web-1, true",
        "edge-1/abc123ef0123, true",
        "*, true",
        "edge-1/*, true",
        "edge-2/web, false",
        "edge-2/*, false",
        "we, false"
    })
    void containerIsSelectedByEachOfItsNames(String asked, boolean wanted) {
        var set = StatsSet.of(List.of(asked, "another"));

        assertThat(set.wants("edge-1", "web", "abc123ef0123", () -> "shop-web-1"))
                .isEqualTo(wanted);
    }

    @Test
    void selectionFollowsAControllerToItsNewId() {
        var set = StatsSet.of(List.of("edge-1/web", "edge-10/web", "db")).moved("edge-1", "edge-2");

        assertThat(set.at("edge-2")).containsExactly("db", "web");
        assertThat(set.at("edge-1")).containsExactly("db");
        assertThat(set.at("edge-10")).containsExactly("db", "web");
    }

    @Test
    void controllerGetsOnlyItsPartOfTheSelection() {
        var set = StatsSet.of(List.of("edge-1/web", "db", "edge-2/*", "edge-3/cache"));

        assertThat(set.at("edge-1")).containsExactly("db", "web");
        assertThat(set.at("edge-2")).containsExactly("*");
        assertThat(set.at("edge-4")).containsExactly("db");
        assertThat(StatsSet.of(List.of("edge-1/web")).at("edge-4")).isEmpty();
        assertThat(StatsSet.of(List.of("edge-1/web", "*")).at("edge-1")).containsExactly("*");
    }
}
