package io.dockrelay.relay.channel.catchup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Bounds what the backlogs of one relay take: of each controller so many are read at a time, and while too much of those that were handed
 * over is unread, the next ones are small. Nobody waits for a reader that has stopped reading. Owned by the channels' shared context;
 * for one thread.
 */
public final class BacklogLimiter {

    /** Each may hold what one resumption catches up with. */
    private static final int AT_A_TIME = 4;

    private final ChannelLimits limits;

    /** By controller, so that one which answers slowly holds up nobody else's. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Bytes handed over to readers that have not read them. */
    private long unread;

    public BacklogLimiter(ChannelLimits limits) {
        this.limits = limits;
    }

    /** What the next backlog may take. */
    public ChannelLimits limits() {
        return unread < limits.unreadBytes() ? limits : limits.meagre();
    }

    /** So many bytes more, or by a negative number less, are unread. */
    public void add(long bytes) {
        unread += bytes;
    }

    long unread() {
        return unread;
    }

    /** Reads a backlog of a controller's container when its turn has come. */
    public <T> Future<T> read(String controller, Supplier<Future<T>> backlog) {
        Promise<T> done = Promise.promise();
        Lane lane = lanes.computeIfAbsent(controller, first -> new Lane());
        lane.waiting.add(() -> backlog.get().onComplete(outcome -> {
            lane.reading--;
            done.handle(outcome);
            lane.next();
            if (lane.reading == 0) {
                lanes.remove(controller);
            }
        }));
        lane.next();
        return done.future();
    }

    /** One controller's reads. */
    private static final class Lane {

        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int reading;

        void next() {
            if (reading < AT_A_TIME && !waiting.isEmpty()) {
                reading++;
                waiting.poll().run();
            }
        }
    }
}
