package io.dockrelay.e2e.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of the bench, in the order in which they run. */
enum Part {
    DRAIN,
    LATENCY,
    STATE,
    FANOUT,
    IDLE,
    HISTORY,
    START,
    GROWTH,
    HOSTILE,
    HOSTS,
    SEARCH;

    Benchmark benchmark() {
        return switch (this) {
            case DRAIN -> new DrainBenchmark();
            case LATENCY -> new LatencyBenchmark();
            case STATE -> new StateBenchmark();
            case FANOUT -> new FanOutBenchmark();
            case IDLE -> new IdleBenchmark();
            case HISTORY -> new HistoryBenchmark();
            case START -> new StartBenchmark();
            case GROWTH -> new GrowthBenchmark();
            case HOSTILE -> new HostileBenchmark();
            case HOSTS -> new HostsBenchmark();
            case SEARCH -> new SearchBenchmark();
        };
    }

    /** Null when there is no such part. */
    static Part named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return Arrays.stream(values()).map(Part::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
