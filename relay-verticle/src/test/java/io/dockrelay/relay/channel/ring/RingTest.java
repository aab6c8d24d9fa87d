package io.dockrelay.relay.channel.ring;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

class RingTest {

    private final RingBudget budget = new RingBudget(1_000_000);
    private long now;
    private final Ring ring = new Ring(20_000, budget, () -> now, LogSlice.emptyAt("start"));

    @Test
    void batchesOverTheMaximumAgeAreEvictedWithTheNextBatch() {
        ring.append(batch(0));
        now = Ring.MAX_AGE_MS;
        ring.append(batch(1));
        assertThat(ring.size()).isEqualTo(2);
        now++;
        ring.append(batch(2));
        assertThat(ring.size()).isEqualTo(2);
        now += 2 * Ring.MAX_AGE_MS;
        ring.append(batch(3));
        assertThat(ring.size()).isEqualTo(1);
    }

    @Test
    void keepsTheNewestWithinItsBytes() {
        IntStream.range(0, 500).forEach(i -> ring.append(batch(i)));
        assertThat(ring.bytes()).isLessThanOrEqualTo(20_000).isEqualTo(budget.used());
        assertThat(ring.end().next()).isEqualTo(500);
        assertThat(ring.start().next()).isGreaterThan(400);
        assertThat(ring.at(ring.start()).cursor()).isEqualTo("c" + ring.start().next());
    }

    @Test
    void batchLargerThanTheRingIsKeptAlone() {
        var small = new Ring(10, budget, () -> now, LogSlice.NONE);
        small.append(batch(0));
        small.append(batch(1));
        assertThat(small.size()).isEqualTo(1);
        assertThat(small.at(small.start()).cursor()).isEqualTo("c1");
    }

    @Test
    void findsThePositionOfACursor() {
        assertThat(ring.find("start")).isEqualTo(ring.end());
        IntStream.range(0, 100).forEach(i -> ring.append(batch(i)));
        assertThat(ring.find("c99")).isEqualTo(ring.end());
        assertThat(ring.find("c90").next()).isEqualTo(91);
        assertThat(ring.find("c0")).isNull();
        assertThat(ring.find("elsewhere")).isNull();
    }

    @Test
    void countsTheLinesThatAnOvertakenSubscriberMissed() {
        RingPosition place = ring.end();
        IntStream.range(0, 500).forEach(i -> ring.append(batch(i)));
        assertThat(ring.overtook(place)).isTrue();
        assertThat(place.linesTo(ring.start())).isEqualTo(ring.start().next());
    }

    @Test
    void doesNotCountLinesAcrossAGapOfTheTail() {
        RingPosition place = ring.end();
        ring.append(marked(0, new TailMark.Gap(GapReason.ROTATED, null, null, null)));
        IntStream.range(1, 500).forEach(i -> ring.append(batch(i)));
        assertThat(place.linesTo(ring.start())).isNull();
    }

    @Test
    void remembersTheStateThatWasMissed() {
        RingPosition place = ring.end();
        var stopped = new TailMark.State(LogStateKind.STOPPED, "web", Instant.EPOCH, null);
        ring.append(marked(0, stopped));
        IntStream.range(1, 500).forEach(i -> ring.append(batch(i)));
        assertThat(ring.missedState(place)).isEqualTo(stopped);
        assertThat(ring.missedState(ring.start())).isNull();
    }

    @Test
    void allRingsTogetherStayWithinTheBudget() {
        var tight = new RingBudget(10_000);
        var large = new Ring(20_000, tight, () -> now, LogSlice.NONE);
        var small = new Ring(20_000, tight, () -> now, LogSlice.NONE);
        small.append(batch(0));
        small.append(batch(1));
        IntStream.range(0, 300).forEach(i -> large.append(batch(i)));
        assertThat(tight.used()).isLessThanOrEqualTo(10_000).isEqualTo(large.bytes() + small.bytes());
        assertThat(small.size()).isEqualTo(2);
        large.close();
        small.close();
        assertThat(tight.used()).isZero();
    }

    private static EncodedBatch batch(int number) {
        return EncodedBatch.of(
                LogBatch.of(
                        number + 1L,
                        "web",
                        List.of(),
                        new LogSlice(Lines.block(List.of(Lines.line(number))), null, "c" + number)),
                "host-a");
    }

    private static EncodedBatch marked(int number, TailMark mark) {
        return EncodedBatch.of(
                LogBatch.of(number + 1L, "web", List.of(mark), LogSlice.emptyAt("c" + number)), "host-a");
    }
}
