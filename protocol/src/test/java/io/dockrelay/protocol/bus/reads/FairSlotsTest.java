package io.dockrelay.protocol.bus.reads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.reads.FairSlots.Place;

import static org.assertj.core.api.Assertions.assertThat;

class FairSlotsTest {

    private long now;
    private final FairSlots slots = new FairSlots(Duration.ofSeconds(10), () -> now);
    private final List<String> begun = new ArrayList<>();
    private final List<Promise<String>> running = new ArrayList<>();

    @Test
    void anotherContainersReadBeginsAtOnceBesideManyOfOne() {
        for (int reader = 1; reader <= 8; reader++) {
            begin("huge", "reader " + reader);
        }
        assertThat(begun).containsExactly("huge", "huge", "huge");

        begin("small", "reader 9");

        assertThat(begun).containsExactly("huge", "huge", "huge", "small");
    }

    @Test
    void slotOfAReadThatHasFailedIsFree() {
        Future<String> thrown = slots.run(new Place("web", "ann"), () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(thrown.cause()).hasMessage("a bug");
        for (int i = 0; i < 4; i++) {
            begin("web", i);
        }
        assertThat(begun).hasSize(3);

        running.getFirst().fail("no engine");

        assertThat(begun).hasSize(4);
        assertThat(slots.isIdle()).isFalse();
        running.stream().skip(1).forEach(read -> read.complete("lines"));
        assertThat(slots.isIdle()).isTrue();
    }

    @Test
    void manyReadsThatEndAtOnceAreRunOneAfterTheOther() {
        List<Future<String>> results = new ArrayList<>();
        begin("web", "first");
        begin("web", "second");
        begin("web", "third");
        for (int i = 0; i < FairSlots.MAX_WAITING; i++) {
            results.add(slots.run(new Place("web", "ann"), () -> Future.succeededFuture("lines")));
        }
        running.forEach(read -> read.complete("lines"));

        assertThat(results).allMatch(Future::succeeded);
    }

    @Test
    void readBeyondTheBoundOfItsContainerIsRefused() {
        for (int i = 0; i < FairSlots.MAX_WAITING + 3; i++) {
            begin("huge", i);
        }

        Throwable refusal = read("huge", "late").cause();

        assertThat(Refusal.is(RefusalKind.BUSY, refusal)).isTrue();
        assertThat(refusal).hasMessageContaining("wait already");
        begin("small", "late");
        assertThat(begun).endsWith("small");
    }

    @Test
    void readThatHasWaitedTooLongIsNotBegunForACallerThatIsGone() {
        begin("web", 1);
        begin("web", 2);
        begin("web", 3);
        Future<String> late = read("web", 4);
        now = 10_001;

        running.getFirst().complete("lines");

        assertThat(Refusal.is(RefusalKind.BUSY, late.cause())).isTrue();
        assertThat(begun).hasSize(3);
    }

    private void begin(String container, Object reader) {
        Future<String> unused = read(container, reader);
    }

    private Future<String> read(String container, Object reader) {
        return slots.run(new Place(container, reader), () -> {
            begun.add(container);
            Promise<String> read = Promise.promise();
            running.add(read);
            return read.future();
        });
    }
}
