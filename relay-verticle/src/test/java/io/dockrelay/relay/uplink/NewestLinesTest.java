package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

/** A controller of version 1 that sends its newest lines, or each line once; with a store that a test answers. */
class NewestLinesTest {

    private static final int WINDOW = 50;

    private final List<Integer> passed = new ArrayList<>();

    /** The numbers of the lines before which lines are missing. */
    private final List<Integer> gaps = new ArrayList<>();

    private final List<Integer> reads = new ArrayList<>();
    private int stored;
    private int mostStored = Integer.MAX_VALUE;

    /** Answers of the store are held; null while it answers at once. */
    private List<Runnable> held;

    private final NewestLines newest = new NewestLines(this::read, 4 * 1024 * 1024, this::take);

    @Test
    void repeatedWindowsPassEachLineOnce() {
        start(10);
        for (int i = 0; i < 570; i++) {
            stored += i % 8 == 0 ? 1 : 0;
            window();
        }

        assertThat(passed).isEqualTo(range(10, 10 + 72));
        assertThat(gaps).isEmpty();
        assertThat(reads).isEmpty();
    }

    @Test
    void linesThatNoFrameHadAreReadFromTheStore() {
        start(30);
        stored += 2_000;
        window();
        stored += 1;
        window();

        assertThat(passed).isEqualTo(range(30, 2_031));
        assertThat(gaps).isEmpty();
        assertThat(reads).containsExactly(NewestLines.FIRST_READ, NewestLines.LARGEST_READ);
    }

    @Test
    void whatTheStoreDoesNotReachIsAGap() {
        start(30);
        stored += 20_000;
        window();

        assertThat(gaps).containsExactly(20_030 - NewestLines.LARGEST_READ);
        assertThat(passed).isEqualTo(range(20_030 - NewestLines.LARGEST_READ, 20_030));
        stored += 3;
        window();
        assertThat(passed.getLast()).isEqualTo(20_032);
        assertThat(gaps).hasSize(1);
    }

    @Test
    void frameIsPassedOnAfterAGapWhenTheStoreCannotBeRead() {
        start(30);
        mostStored = -1;
        stored += 2_000;
        window();

        assertThat(passed).isEqualTo(range(1_980, 2_030));
        assertThat(gaps).containsExactly(1_980);
    }

    @Test
    void firstLinesOfAnEmptyLogAreComplete() {
        start(0);
        stored += 800;
        window();

        assertThat(passed).isEqualTo(range(0, 800));
        assertThat(gaps).isEmpty();
    }

    @Test
    void framesThatArriveDuringAReadFollowIt() {
        start(30);
        held = new ArrayList<>();
        stored += 500;
        window();
        stored += 10;
        window();
        stored += 300;
        window();
        assertThat(passed).isEmpty();

        answer();
        answer();

        assertThat(passed).isEqualTo(range(30, 840));
        assertThat(gaps).isEmpty();
    }

    @Test
    void frameThatIsOlderThanTheReadIsNotPassedOnAfterIt() {
        start(30);
        held = new ArrayList<>();
        stored += 500;
        window();
        stored += 30_000;
        answer();
        answer();

        assertThat(passed).isEqualTo(range(stored - NewestLines.LARGEST_READ, stored));
        assertThat(gaps).hasSize(1);
    }

    @Test
    void controllerThatSendsEachLineOnceIsAskedAFewTimesOnly() {
        sendsEachLineOnce();

        assertThat(passed).isEqualTo(range(5, stored));
        assertThat(gaps).isEmpty();
        assertThat(reads).hasSize(3);
    }

    @Test
    void snapshotOfAnotherConnectionIsAlwaysChecked() {
        sendsEachLineOnce();
        int before = stored;
        stored += 1_500;
        newest.frame(numbers(stored - 1_000, stored), true);

        assertThat(passed).isEqualTo(range(5, stored));
        assertThat(passed).hasSize(stored - 5).contains(before);
        assertThat(gaps).isEmpty();
    }

    @Test
    void everyLineComesOnceWhateverTheFrames() {
        long seed = System.nanoTime();
        System.out.println("seed of the bursts: " + seed);
        var random = new Random(seed);
        held = new ArrayList<>();
        start(random.nextInt(100));
        int begin = stored;
        for (int i = 0; i < 1_000; i++) {
            stored += random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(60);
            window();
            if (random.nextInt(3) == 0) {
                answer();
            }
        }
        while (!held.isEmpty()) {
            answer();
        }

        assertThat(passed).as("seed %d", seed).doesNotHaveDuplicates().isSorted();
        if (gaps.isEmpty()) {
            assertThat(passed).as("seed %d", seed).isEqualTo(range(begin, stored));
        } else {
            for (int i = 1; i < passed.size(); i++) {
                boolean follows = passed.get(i) == passed.get(i - 1) + 1;
                assertThat(follows || gaps.contains(passed.get(i)))
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(passed.getLast()).as("seed %d", seed).isEqualTo(stored - 1);
    }

    private void sendsEachLineOnce() {
        start(5);
        for (int i = 0; i < 100; i++) {
            int before = stored;
            stored += 1 + i % 7;
            newest.frame(numbers(before, stored), false);
        }
    }

    private void start(int lines) {
        stored = lines;
        newest.begin(numbers(0, lines));
    }

    private void window() {
        newest.frame(numbers(Math.max(0, stored - WINDOW), stored), false);
    }

    private void answer() {
        if (!held.isEmpty()) {
            held.removeFirst().run();
        }
    }

    private Future<LineBlock> read(int count) {
        reads.add(count);
        if (mostStored < 0) {
            return Future.failedFuture("the store cannot be read");
        }
        if (held == null) {
            return Future.succeededFuture(numbers(Math.max(0, stored - count), stored));
        }
        Promise<LineBlock> promise = Promise.promise();
        held.add(() -> promise.complete(numbers(Math.max(0, stored - count), stored)));
        return promise.future();
    }

    private void take(LineBlock lines, boolean gap) {
        List<Integer> numbers = lines.lines().stream().map(Lines::number).toList();
        if (gap) {
            gaps.add(numbers.getFirst());
        }
        passed.addAll(numbers);
    }

    private static LineBlock numbers(int from, int to) {
        return Lines.block(IntStream.range(from, to).mapToObj(Lines::line).toList());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
