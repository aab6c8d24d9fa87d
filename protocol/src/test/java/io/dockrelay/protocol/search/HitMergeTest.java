package io.dockrelay.protocol.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.search.SearchItem.Hit;

import static org.assertj.core.api.Assertions.assertThat;

class HitMergeTest {

    private static Hit hit(String source, int time) {
        return new Hit(null, source, source, stamp(time), "stdout", null, source + time, null, "c" + time, null);
    }

    private static String stamp(int time) {
        return "2025-11-25T22:00:00.%09dZ".formatted(time);
    }

    private static List<Hit> hits(String source, int... times) {
        return IntStream.of(times).mapToObj(time -> hit(source, time)).toList();
    }

    private static List<String> texts(List<Hit> hits) {
        return hits.stream().map(Hit::text).toList();
    }

    @Test
    void hitIsPassedOnWhenNoSourceCanHaveAnEarlierOne() {
        var merge = new HitMerge(false, 10);
        merge.add("a");
        merge.add("b");

        merge.put("a", hits("a", 9, 5), stamp(5));
        assertThat(merge.take()).isEmpty();
        assertThat(merge.reached()).isNull();
        merge.put("b", hits("b", 7), stamp(6));
        assertThat(texts(merge.take())).containsExactly("a9", "b7");
        assertThat(merge.reached()).isEqualTo(stamp(6));
        merge.put("b", List.of(), stamp(5));
        assertThat(merge.take()).isEmpty();
        merge.end("b");
        assertThat(texts(merge.take())).containsExactly("a5");
        merge.end("a");
        assertThat(merge.reached()).isNull();
        assertThat(merge.position()).isEqualTo(new SearchPosition(stamp(5), "c5"));
    }

    @Test
    void hitsAtTheSameTimeFollowTheOrderOfTheirContainers() {
        for (boolean oldestFirst : new boolean[] {true, false}) {
            var merge = new HitMerge(oldestFirst, 10);
            merge.add("b");
            merge.add("a");
            merge.put("b", hits("b", 5), null);
            merge.put("a", hits("a", 5), null);
            merge.end("a");
            merge.end("b");
            assertThat(texts(merge.take())).containsExactly("a5", "b5");
        }
    }

    @Test
    void hitsOfALogStayInItsOrderWhereItsClockWasSetBack() {
        var merge = new HitMerge(true, 10);
        merge.add("a");
        merge.add("b");
        var late = new Hit(null, "a", "a", stamp(3), "stdout", null, "a3", null, "c3", stamp(8));
        merge.put("a", List.of(hit("a", 8), late), null);
        merge.put("b", hits("b", 5, 9), null);
        merge.end("a");
        merge.end("b");
        assertThat(texts(merge.take())).containsExactly("b5", "a8", "a3", "b9");
    }

    /** Whatever the order in which sources deliver: the first hits of all, and no more of them are held than may be sent. */
    @Test
    void randomSourcesGiveTheFirstHitsOfAll() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            boolean oldestFirst = random.nextBoolean();
            int limit = random.nextInt(12);
            List<List<Hit>> sources = new ArrayList<>();
            for (int source = 0; source < 1 + random.nextInt(5); source++) {
                String name = "s" + source;
                Comparator<Integer> order = Comparator.naturalOrder();
                sources.add(random.ints(random.nextInt(20), 0, 50)
                        .distinct()
                        .boxed()
                        .sorted(oldestFirst ? order : order.reversed())
                        .map(time -> hit(name, time))
                        .toList());
            }
            Comparator<Hit> byTime = Comparator.comparing(Hit::timestamp);
            List<String> expected = sources.stream()
                    .flatMap(List::stream)
                    .sorted((oldestFirst ? byTime : byTime.reversed()).thenComparing(Hit::id))
                    .limit(limit)
                    .map(Hit::text)
                    .toList();

            assertThat(delivered(new HitMerge(oldestFirst, limit), sources, random))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static List<String> delivered(HitMerge merge, List<List<Hit>> sources, Random random) {
        IntStream.range(0, sources.size()).forEach(source -> merge.add("s" + source));
        List<List<Hit>> left = new ArrayList<>(sources);
        List<Hit> taken = new ArrayList<>();
        while (left.stream().anyMatch(source -> source != null)) {
            int source = random.nextInt(left.size());
            List<Hit> rest = left.get(source);
            if (rest == null) {
                continue;
            }
            int count = random.nextInt(rest.size() + 1);
            List<Hit> part = rest.subList(0, count);
            merge.put("s" + source, part, part.isEmpty() ? null : part.getLast().timestamp());
            left.set(source, count == rest.size() ? null : rest.subList(count, rest.size()));
            if (count == rest.size()) {
                merge.end("s" + source);
            }
            taken.addAll(merge.take());
        }
        return Stream.concat(taken.stream(), merge.take().stream())
                .map(Hit::text)
                .toList();
    }
}
