package io.dockrelay.relay.channel.catchup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Bounds the backlogs of one relay: a few per controller are read at a time, and while too much of what was sent is unread,
 * the next backlogs are small. No subscriber waits for another one that has stopped reading. Owned by the channels' shared
 * context; for one thread.
 */
public final class BacklogLimiter {

    /** Each may hold what one resumption reads. */
    private static final int AT_A_TIME = 4;

    private final ChannelLimits limits;

    /** By controller, so that a slow one does not delay the others. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Bytes that were sent to subscribers and not read yet. */
    private long unread;

    public BacklogLimiter(ChannelLimits limits) {
        this.limits = limits;
    }

    /** The limits of the next backlog. */
    public ChannelLimits limits() {
        return unread < limits.unreadBytes() ? limits : limits.reduced();
    }

    /** @param bytes that are unread now; negative when they were read */
    public void add(long bytes) {
        unread += bytes;
    }

    long unread() {
        return unread;
    }

    /** Reads a backlog of a controller's container when it is its turn. */
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
