package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;

import static io.dockrelay.relay.fleet.Containers.NOON;
import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;

class ChangeHistoryTest {

    private final ChangeHistory history = new ChangeHistory();

    @Test
    void keepsTheNewestChangesPerContainerNewestFirst() {
        history.add(List.of(change("quiet", 0)));
        for (int second = 1; second <= ChangeHistory.OF_EACH + 50; second++) {
            history.add(List.of(change("noisy", second)));
        }

        List<Change> all = history.newest(null, 1000);
        assertThat(all).hasSize(ChangeHistory.OF_EACH + 1);
        assertThat(all.getFirst().at()).isEqualTo(NOON.plusSeconds(ChangeHistory.OF_EACH + 50));
        assertThat(all.getLast().name()).isEqualTo("quiet");
        assertThat(history.newest(null, 3)).hasSize(3);
        assertThat(history.newest(NOON.plusSeconds(ChangeHistory.OF_EACH + 48), 1000))
                .hasSize(2);
    }

    @Test
    void shortLivedContainersCannotFillTheHistory() {
        for (int i = 0; i < ChangeHistory.OF_ALL + 100; i++) {
            history.add(List.of(change("job-" + i, i)));
        }

        assertThat(history.newest(null, Integer.MAX_VALUE))
                .hasSize(ChangeHistory.OF_ALL)
                .last()
                .extracting(Change::name)
                .isEqualTo("job-100");
    }

    private static Change change(String name, int second) {
        Container container = running(name).withController("a");
        Instant at = NOON.plusSeconds(second);
        return Change.of(container, container, ChangeReason.RESTARTED, null, at);
    }
}
