package io.dockrelay.relay.links;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.LinkMeasure;

/**
 * The recent samples of one controller's clock. The one with the smallest error counts: its answer waited least on the way. A
 * measurement is published if it differs by more than a little from the last one that was, and not too often. Time is a
 * parameter. Pure; for one thread.
 */
final class ClockSamples {

    /** The shortest time between two measurements that are published. */
    static final Duration PUBLISH_EVERY = Duration.ofSeconds(5);

    /** Samples that are compared. */
    static final int KEPT = 8;

    /** Smaller differences are none. */
    private static final double LITTLE_MILLIS = 1;

    private static final double LITTLE_PART = 0.1;

    private final Deque<ClockSample> samples = new ArrayDeque<>();
    private LinkKind kind;

    /** Null until the first, like its time. */
    private LinkMeasure published;

    private long publishedAt;

    /** Takes a sample. */
    void add(LinkKind way, ClockSample sample) {
        if (way != kind || (!samples.isEmpty() && sample.contradicts(best(sample.takenAt()), sample.takenAt()))) {
            samples.clear();
        }
        kind = way;
        samples.addLast(sample);
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /** Whether there are so few samples that the next one is of more use than later ones. */
    boolean areFew() {
        return samples.size() < KEPT / 2;
    }

    /** The measurement to publish now; empty while there is none, or none that is new. */
    Optional<LinkMeasure> publish(long now) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        boolean early = published != null && now - publishedAt < PUBLISH_EVERY.toNanos();
        LinkMeasure measure = measure(now);
        if (early || !isNews(measure)) {
            return Optional.empty();
        }
        published = measure;
        publishedAt = now;
        return Optional.of(measure);
    }

    private boolean isNews(LinkMeasure next) {
        if (published == null || published.kind() != next.kind()) {
            return true;
        }
        double error = published.clockErrorMillis();
        return differs(published.roundTripMillis(), next.roundTripMillis(), published.roundTripMillis())
                || differs(published.clockOffsetMillis(), next.clockOffsetMillis(), error)
                || differs(error, next.clockErrorMillis(), error);
    }

    /** @param size of which a tenth is little */
    private static boolean differs(double before, double now, double size) {
        return Math.abs(now - before) > Math.max(LITTLE_MILLIS, LITTLE_PART * size);
    }

    private LinkMeasure measure(long now) {
        if (kind == LinkKind.LOCAL) {
            return LinkMeasure.LOCAL;
        }
        ClockSample best = best(now);
        return new LinkMeasure(
                kind,
                rounded(best.roundTrip().toNanos() / 1_000_000.0),
                rounded(best.offsetMicros() / 1_000.0),
                rounded(best.errorMicros(now) / 1_000.0));
    }

    private ClockSample best(long now) {
        return samples.stream()
                .min(Comparator.comparingDouble(sample -> sample.errorMicros(now)))
                .orElseThrow();
    }

    /** To microseconds. */
    private static double rounded(double millis) {
        return Math.round(millis * 1_000) / 1_000.0;
    }
}
