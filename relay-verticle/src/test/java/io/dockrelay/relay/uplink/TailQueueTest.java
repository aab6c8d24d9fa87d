package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

class TailQueueTest {

    private final QueueBudget budget = new QueueBudget(1_000_000);
    private final TailQueue queue = new TailQueue(1_000, budget);

    @Test
    void marksTravelWithTheLinesAfterThem() {
        var stopped = new TailMark.State(LogStateKind.STOPPED, "web", null, null);
        queue.offer(line(0));
        queue.offer(TailItem.mark("web", stopped, 0));
        queue.offer(line(1));
        assertThat(queue.poll().cursor()).isEqualTo("c0");
        TailItem second = queue.poll();
        assertThat(second.marks()).containsExactly(stopped);
        assertThat(second.cursor()).isEqualTo("c1");
        assertThat(queue.poll()).isNull();
        assertThat(budget.used()).isZero();
    }

    @Test
    void marksWithoutLinesAreBounded() {
        var stopped = new TailMark.State(LogStateKind.STOPPED, "web", null, null);
        IntStream.range(0, 10_000).forEach(i -> queue.offer(TailItem.mark("web", stopped, 0)));
        assertThat(queue.isOverfull()).isFalse();
        IntStream.range(0, 60_000).forEach(i -> queue.offer(TailItem.mark("web", stopped, 0)));
        assertThat(queue.isOverfull()).isTrue();
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.isOverfull()).isFalse();
    }

    @Test
    void creditIsExceededByMoreThanTwoWindowsAndMessages() {
        int window = 64 * 1024;
        int message = 8 * 1024 * 1024;
        var credit = new TailCredit(window);
        assertThat(credit.begin()).isEqualTo(window);
        credit.received(window);
        credit.received(message);
        credit.received(window);
        credit.received(message);
        assertThat(credit.isExceeded()).isFalse();
        credit.received(1);
        assertThat(credit.isExceeded()).isTrue();
        credit.taken(window);
        assertThat(credit.due()).isEqualTo(window);
        assertThat(credit.isExceeded()).isFalse();
    }

    @Test
    void snapshotIsNeverMergedWithLines() {
        queue.offer(new TailItem("web", List.of(), LogSlice.emptyAt("c4"), true, true, Resumption.FRESH, 0));
        queue.offer(line(5));
        assertThat(queue.poll().lines().isEmpty()).isTrue();
        assertThat(queue.poll().lines().count()).isEqualTo(1);
    }

    @Test
    void fullQueueDropsUntilItIsHalfEmptyAndReportsAGap() {
        IntStream.range(0, 100).forEach(i -> queue.offer(line(i)));
        int kept = 0;
        String last = null;
        for (TailItem item = queue.poll(); item != null; item = queue.poll()) {
            last = item.cursor();
            kept++;
        }
        assertThat(kept).isBetween(10, 40);
        assertThat(queue.cursor()).isEqualTo(last);
        queue.offer(line(100));
        TailItem next = queue.poll();
        assertThat(next.marks()).containsExactly(new TailMark.Gap(GapReason.SLOW_CLIENT, last, "c100", 100L - kept));
        queue.offer(line(101));
        assertThat(queue.poll().marks()).isEmpty();
    }

    @Test
    void droppedLinesThatComeAgainAreNoGap() {
        IntStream.range(0, 100).forEach(i -> queue.offer(line(i)));
        while (queue.poll() != null) {
            // emptied
        }
        queue.continued();
        queue.offer(line(50));
        assertThat(queue.poll().marks()).isEmpty();
    }

    @Test
    void jumpDropsTheWaitingLines() {
        IntStream.range(0, 5).forEach(i -> queue.offer(line(i)));
        assertThat(queue.poll().cursor()).isEqualTo("c0");
        queue.jump();
        assertThat(budget.used()).isZero();
        queue.offer(line(5));
        TailItem item = queue.poll();
        assertThat(item.marks()).containsExactly(new TailMark.Gap(GapReason.SLOW_CLIENT, "c0", "c5", 4L));
    }

    @Test
    void nothingIsDroppedWhenTheControllerKeepsToCredit() {
        queue.credited(true);
        IntStream.range(0, 100).forEach(i -> queue.offer(line(i)));
        for (int i = 0; i < 100; i++) {
            TailItem item = queue.poll();
            assertThat(item.cursor()).isEqualTo("c" + i);
            assertThat(item.marks()).isEmpty();
        }
    }

    private static TailItem line(int number) {
        var slice = new LogSlice(Lines.block(List.of(Lines.line(number))), "c" + number, "c" + number);
        return TailItem.lines("web", slice, 0);
    }
}
