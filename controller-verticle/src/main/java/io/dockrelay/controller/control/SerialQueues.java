package io.dockrelay.controller.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.state.ContainerAction;

/**
 * The actions of each container that follow each other: one starts when the one before it has ended, successfully or not. On
 * one context; a container is forgotten with its last action.
 */
final class SerialQueues {

    /** The actions of one container. */
    private static final class Queue {

        /** Those that have not ended; the first one is in progress. */
        final Deque<ContainerAction> actions = new ArrayDeque<>();

        /** Completes when all of them have ended. */
        Future<?> last = Future.succeededFuture();
    }

    private final Map<String, Queue> queues = new HashMap<>();

    /** @param task runs the action, when its turn comes */
    <T> Future<T> add(String container, ContainerAction action, Supplier<Future<T>> task) {
        Queue queue = queues.computeIfAbsent(container, first -> new Queue());
        queue.actions.add(action);
        Future<T> mine = queue.last.transform(before -> task.get());
        queue.last = mine;
        return mine.onComplete(ended -> {
            queue.actions.remove();
            if (queue.actions.isEmpty()) {
                queues.remove(container);
            }
        });
    }

    /** The actions of this container that have not ended; 0 when another one would begin at once. */
    int size(String container) {
        Queue queue = queues.get(container);
        return queue == null ? 0 : queue.actions.size();
    }

    /** The actions of this container that have not begun, in their order. */
    List<ContainerAction> waiting(String container) {
        Queue queue = queues.get(container);
        return queue == null ? List.of() : queue.actions.stream().skip(1).toList();
    }

    /** The action in progress, for which a further one would wait; null when that would begin at once. */
    ContainerAction inProgress(String container) {
        Queue queue = queues.get(container);
        return queue == null ? null : queue.actions.peek();
    }
}
