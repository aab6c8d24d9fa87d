package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

class LineOverlapTest {

    private final LineOverlap overlap = new LineOverlap();

    /** Each letter is a line; equal letters are lines with equal timestamp and text. */
    @ParameterizedTest
    @CsvSource({
        "abcd, bcde, 3, one new line",
        "abcd, abcd, 4, nothing new",
        "abcd, cdef, 2, two new lines",
        "abcd, defg, 1, only the last line is in both",
        "abcd, efgh, -1, lines are missing or not: nothing is in both",
        "abcd, bc, 2, an older frame",
        "abcd, zabcde, 5, a frame that reaches further back",
        "d, abcdef, 4, a frame around the only line seen",
        "abcd, xcde, 3, the first line is the rest of a longer one",
        "abab, abab, 4, a repeated pair: as few new lines as possible",
        "aaaa, aaaa, 4, equal lines: none is new",
        "aaa, aab, 2, equal lines and a new one",
        "abcb, bd, 1, the last of two equal lines is meant",
        "abcd, a, 1, the oldest line seen",
    })
    void framesOverlapWhereTheLongestRunIsEqual(String seen, String frame, int firstNew, String why) {
        overlap.reset(lines(seen));

        assertThat(overlap.firstNew(lines(frame))).as(why).isEqualTo(firstNew);
    }

    @Test
    void nothingOverlapsBeforeTheFirstLine() {
        assertThat(overlap.isEmpty()).isTrue();
        assertThat(overlap.firstNew(lines("ab"))).isEqualTo(LineOverlap.NONE);
        assertThat(overlap.firstNew(LineBlock.EMPTY)).isEqualTo(LineOverlap.NONE);
    }

    @Test
    void onlyTheLastLinesAreRemembered() {
        overlap.add(numbers(0, 200));
        overlap.add(numbers(200, 4_000));
        overlap.add(numbers(4_000, 4_001));

        assertThat(overlap.firstNew(numbers(0, 4_002))).isEqualTo(4_001);
        assertThat(overlap.firstNew(numbers(4_001 - LineOverlap.KEPT, 4_001))).isEqualTo(LineOverlap.KEPT);
        assertThat(overlap.firstNew(numbers(0, 4_001 - LineOverlap.KEPT))).isEqualTo(LineOverlap.NONE);
    }

    @Test
    void everyLineOfOverlappingFramesIsNewOnce() {
        long seed = System.nanoTime();
        System.out.println("seed of the frames: " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int window = 2 + random.nextInt(80);
            int stored = 1 + random.nextInt(window);
            var seen = new LineOverlap();
            seen.reset(numbers(0, stored));
            List<String> passed = new ArrayList<>(numbers(0, stored).lines());
            for (int frame = 0; frame < 30; frame++) {
                stored += random.nextInt(window);
                LineBlock lines = numbers(Math.max(0, stored - window), stored);
                int first = seen.firstNew(lines);
                assertThat(first).as("seed %d", seed).isNotEqualTo(LineOverlap.NONE);
                LineBlock added = lines.slice(first, lines.count());
                seen.add(added);
                passed.addAll(added.lines());
            }
            assertThat(passed).as("seed %d", seed).isEqualTo(numbers(0, stored).lines());
        }
    }

    @Test
    void equalLinesNeverComeTwice() {
        long seed = System.nanoTime();
        System.out.println("seed of the equal lines: " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder log = new StringBuilder("x");
            var seen = new LineOverlap();
            seen.reset(lines("x"));
            int passed = 1;
            for (int frame = 0; frame < 20; frame++) {
                int more = random.nextInt(4);
                for (int i = 0; i < more; i++) {
                    log.append((char) ('a' + random.nextInt(3)));
                }
                LineBlock window = lines(log.substring(Math.max(0, log.length() - 8)));
                int first = Math.max(0, seen.firstNew(window));
                seen.add(window.slice(first, window.count()));
                passed += window.count() - first;
                assertThat(passed).as("seed %d: %s", seed, log).isLessThanOrEqualTo(log.length());
            }
        }
    }

    private static LineBlock numbers(int from, int to) {
        return Lines.block(IntStream.range(from, to).mapToObj(Lines::line).toList());
    }

    private static LineBlock lines(String letters) {
        Stream<String> lines = letters.chars().mapToObj(letter -> Lines.line(letter));
        return Lines.block(lines.toList());
    }
}
