package io.dockrelay.protocol.bus.reads;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/**
 * Runs a few reads of one engine's logs at a time. The others wait for their turn, see {@link FairQueue}. One container has
 * all slots but one, so that the log of another container is read at once, however long the reads of the first one are. A
 * read is refused (BUSY) when too many of its container wait already. It is also refused when its turn comes after its
 * caller's timeout.
 *
 * <p>Owned by one object; for one thread.
 */
public final class FairSlots {

    private static final int AT_A_TIME = 4;
    private static final int PER_CONTAINER = AT_A_TIME - 1;

    /** Of one container. Each is a few hundred bytes. */
    static final int MAX_WAITING = 256;

    /**
     * What a read is for.
     *
     * @param container name or id
     * @param reader has turns of its own among the readers of the container; compared with {@code equals}
     */
    public record Place(String container, Object reader) {}

    private record Waiting<V>(String container, long sinceMillis, Supplier<Future<V>> read, Promise<V> done) {}

    private final Duration patience;
    private final LongSupplier clock;
    private final FairQueue<Waiting<?>> queue = new FairQueue<>();

    /** Reads that run, by container. */
    private final Map<String, Integer> running = new HashMap<>();

    private int inUse;

    /** True while {@link #fill} runs: a read may end before it returns. */
    private boolean filling;

    /**
     * @param patience a read that has waited for longer is refused when its turn comes
     * @param clock milliseconds, never decreasing
     */
    public FairSlots(Duration patience, LongSupplier clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Runs a read when its turn comes; at once while a slot is free. */
    public <V> Future<V> run(Place place, Supplier<Future<V>> read) {
        if (queue.size(place.container()) >= MAX_WAITING) {
            return Future.failedFuture(new Refusal(
                    RefusalKind.BUSY, MAX_WAITING + " reads of this log wait already; try again in a few seconds."));
        }
        Promise<V> done = Promise.promise();
        queue.add(place.container(), place.reader(), new Waiting<>(place.container(), clock.getAsLong(), read, done));
        fill();
        return done.future();
    }

    /** Whether no read runs or waits. */
    public boolean isIdle() {
        return inUse == 0 && queue.isEmpty();
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        try {
            Waiting<?> next = next();
            while (next != null) {
                begin(next);
                next = next();
            }
        } finally {
            filling = false;
        }
    }

    private Waiting<?> next() {
        return inUse < AT_A_TIME ? queue.poll(container -> running.getOrDefault(container, 0) < PER_CONTAINER) : null;
    }

    private <V> void begin(Waiting<V> next) {
        long waited = clock.getAsLong() - next.sinceMillis();
        if (waited > patience.toMillis()) {
            next.done()
                    .fail(new Refusal(
                            RefusalKind.BUSY,
                            "Reading the log was not begun within " + patience.toSeconds()
                                    + " s; other logs of this engine are being read. Try again in a few seconds."));
            return;
        }
        inUse++;
        running.merge(next.container(), 1, Integer::sum);
        // By compose, so that an exception of the supplier is a failure, and the slot is freed.
        Future.succeededFuture().compose(turn -> next.read().get()).onComplete(outcome -> {
            inUse--;
            running.computeIfPresent(next.container(), (container, reads) -> reads == 1 ? null : reads - 1);
            next.done().handle(outcome);
            fill();
        });
    }
}
