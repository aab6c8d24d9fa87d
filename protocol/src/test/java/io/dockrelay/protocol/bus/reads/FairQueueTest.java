package io.dockrelay.protocol.bus.reads;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FairQueueTest {

    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void containersTakeTurnsAndThenTheReadersOfEach() {
        for (int i = 1; i <= 3; i++) {
            queue.add("huge", "ann", "huge ann " + i);
        }
        queue.add("huge", "bob", "huge bob 1");
        queue.add("huge", "bob", "huge bob 2");
        queue.add("small", "eve", "small eve 1");

        assertThat(all())
                .containsExactly("huge ann 1", "small eve 1", "huge bob 1", "huge ann 2", "huge bob 2", "huge ann 3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void containerThatMayNotRunKeepsItsTurn() {
        queue.add("huge", "ann", "huge 1");
        queue.add("small", "ann", "small 1");
        queue.add("small", "ann", "small 2");

        assertThat(queue.poll(container -> !container.equals("huge"))).isEqualTo("small 1");
        assertThat(queue.poll(container -> true)).isEqualTo("huge 1");
        assertThat(queue.poll(container -> container.equals("huge"))).isNull();
        assertThat(queue.size("small")).isOne();
        assertThat(queue.size("huge")).isZero();
    }

    private List<String> all() {
        List<String> items = new ArrayList<>();
        for (String next = queue.poll(any -> true); next != null; next = queue.poll(any -> true)) {
            items.add(next);
        }
        return items;
    }
}
