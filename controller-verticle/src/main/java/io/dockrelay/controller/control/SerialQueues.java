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

    /**
     * @param last ends when all of them have
     * @param tasks that have not ended
     */
    private record Queue(Future<?> last, int tasks) {}

    private static final Queue IDLE = new Queue(Future.succeededFuture(), 0);

    private final Map<String, Queue> queues = new HashMap<>();

    <T> Future<T> add(String key, Supplier<Future<T>> task) {
        Queue before = queues.getOrDefault(key, IDLE);
        Future<T> mine = before.last().transform(ended -> task.get());
        queues.put(key, new Queue(mine, before.tasks() + 1));
        return mine.onComplete(ended -> ended(key));
    }

    /** The tasks of this key that have not ended; 0 when another one would begin at once. */
    int tasks(String key) {
        return queues.getOrDefault(key, IDLE).tasks();
    }

    private void ended(String key) {
        queues.computeIfPresent(
                key, (same, queue) -> queue.tasks() == 1 ? null : new Queue(queue.last(), queue.tasks() - 1));
    }
}
