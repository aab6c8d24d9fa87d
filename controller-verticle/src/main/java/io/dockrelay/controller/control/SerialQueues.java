package io.dockrelay.controller.control;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;

/**
 * One queue per key: a task starts when the previous task with the same key has ended, successfully or not. On one context; a
 * key is forgotten with its last task.
 */
final class SerialQueues {

    /** The last task of each key, until it has ended. */
    private final Map<String, Future<?>> last = new HashMap<>();

    <T> Future<T> add(String key, Supplier<Future<T>> task) {
        Future<?> before = last.getOrDefault(key, Future.succeededFuture());
        Future<T> mine = before.transform(ended -> task.get());
        last.put(key, mine);
        return mine.onComplete(ended -> last.remove(key, mine));
    }

    /** Whether a task of this key would begin at once. */
    boolean isIdle(String key) {
        return !last.containsKey(key);
    }
}
