package io.dockrelay.controller.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static io.dockrelay.controller.inventory.ObservedContainers.created;
import static io.dockrelay.controller.inventory.ObservedContainers.id;
import static io.dockrelay.controller.inventory.ObservedContainers.up;
import static org.assertj.core.api.Assertions.assertThat;

class FailedStartsTest {

    private final FailedStarts starts = new FailedStarts();

    @Test
    void containersThatNeverRanAreInspectedInTurn() {
        List<ObservedContainer> all =
                IntStream.range(0, 10).mapToObj(i -> created(i, "c" + i)).toList();
        Set<String> inspected = new HashSet<>();
        for (int scan = 0; scan < 3; scan++) {
            starts.observed(all);
            Set<String> next = starts.next();
            assertThat(next).hasSize(4);
            inspected.addAll(next);
        }
        assertThat(inspected).hasSize(10);
    }

    @Test
    void containersThatRanOrAreKnownToHaveFailedAreNotInspected() {
        var failure = new InspectedFacts(null, null, 127, false, 0, "no such file", "image:1", null);
        ObservedContainer failed = created(1, "failed").withFacts(Optional.of(failure));
        starts.observed(List.of(created(1, "failed"), created(2, "waits")));
        starts.observed(List.of(failed, created(2, "waits"), up(3, "runs")));

        assertThat(starts.next()).containsExactly(id(2));
        starts.observed(List.of());
        assertThat(starts.next()).isEmpty();
    }
}
