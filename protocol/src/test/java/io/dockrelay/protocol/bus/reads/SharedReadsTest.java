package io.dockrelay.protocol.bus.reads;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedReadsTest {

    private final SharedReads<String, String> shared = new SharedReads<>();
    private final List<Promise<String>> begun = new ArrayList<>();

    @Test
    void equalReadsAreOneWhileItRuns() {
        Future<String> first = read("page 1", false);
        Future<String> second = read("page 1", false);
        Future<String> other = read("page 2", false);
        assertThat(begun).hasSize(2);

        begun.getFirst().complete("lines");

        assertThat(first.result()).isEqualTo("lines");
        assertThat(second.result()).isEqualTo("lines");
        assertThat(other.isComplete()).isFalse();
        Future<String> later = read("page 1", false);
        assertThat(begun).hasSize(3);
        assertThat(later.isComplete()).isFalse();
    }

    @Test
    void readOfThePresentBeginsAfterItWasWanted() {
        Future<String> first = read("newest", true);
        Future<String> second = read("newest", true);
        Future<String> third = read("newest", true);
        assertThat(begun).hasSize(1);

        begun.getFirst().complete("line 1");

        assertThat(first.result()).isEqualTo("line 1");
        assertThat(second.isComplete()).isFalse();
        assertThat(begun).hasSize(2);
        begun.get(1).complete("line 2");
        assertThat(second.result()).isEqualTo("line 2");
        assertThat(third.result()).isEqualTo("line 2");
    }

    @Test
    void failureIsOfAllThatShareTheReadAndOfNoLaterOne() {
        Future<String> first = read("page", false);
        Future<String> second = read("page", false);

        begun.getFirst().fail("no engine");

        assertThat(first.cause()).hasMessage("no engine");
        assertThat(second.cause()).hasMessage("no engine");
        assertThat(read("page", false).isComplete()).isFalse();
        Future<String> thrown = shared.read("broken", false, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(thrown.cause()).hasMessage("a bug");
        assertThat(read("broken", false).isComplete()).isFalse();
    }

    private Future<String> read(String key, boolean present) {
        return shared.read(key, present, () -> {
            Promise<String> read = Promise.promise();
            begun.add(read);
            return read.future();
        });
    }
}
