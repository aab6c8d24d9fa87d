package io.dockrelay.e2e.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.dockrelay.e2e.oracle.FaultKind.Place;

/**
 * The faults of a run and their times, drawn from a seed. Each round has every kind of fault once; order, times,
 * durations and targets are random. Pure.
 */
record FaultPlan(List<Planned> faults) {

    private static final Duration ROUND = Duration.ofSeconds(90);

    /**
     * One fault.
     *
     * @param atMillis since the beginning of the plan
     * @param forMillis duration
     * @param seed for the remaining random choices
     */
    record Planned(FaultKind kind, long atMillis, long forMillis, long seed) {}

    /**
     * The faults of one run. In a long run the program is killed only in the first half, so that its memory can be
     * measured at the end.
     */
    static FaultPlan draw(long seed, Duration window) {
        return draw(seed, window, FaultKind.all());
    }

    /** The same of these kinds only. */
    static FaultPlan draw(long seed, Duration window, List<FaultKind> of) {
        var random = new Random(seed);
        List<Planned> faults = new ArrayList<>();
        long rounds = Math.max(1, window.toMillis() / ROUND.toMillis());
        long round = window.toMillis() / rounds;
        for (int i = 0; i < rounds; i++) {
            boolean spared = rounds > 2 && i >= (rounds + 1) / 2;
            List<FaultKind> kinds = new ArrayList<>(of);
            kinds.removeIf(kind -> spared && (kind.place() == Place.CONTROLLER || kind.place() == Place.RELAY));
            Collections.shuffle(kinds, random);
            long slot = round / kinds.size();
            for (int k = 0; k < kinds.size(); k++) {
                FaultKind kind = kinds.get(k);
                long at = i * round + k * slot + random.nextLong(Math.max(1, slot / 2));
                long lasts = kind.shortest() + random.nextLong(1L + kind.longest() - kind.shortest());
                faults.add(new Planned(kind, at, lasts, random.nextLong()));
            }
        }
        return new FaultPlan(List.copyOf(faults));
    }
}
