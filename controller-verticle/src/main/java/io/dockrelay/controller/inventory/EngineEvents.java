package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import com.github.dockerjava.api.model.Event;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.EventQuery;
import io.dockrelay.docker.JsonStream;
import io.dockrelay.protocol.timers.RetryTimer;

/**
 * Reads the engine's container events, and opens the stream again with backoff when it ends. Events are hints only: what they
 * miss, the next scan finds. Owned by the watcher, on its context.
 */
final class EngineEvents {

    private static final Logger log = LoggerFactory.getLogger(EngineEvents.class);

    private final DockerEngine engine;
    private final EventHints hints;
    private final Runnable onHint;
    private final Consumer<String> onRefusal;
    private final RetryTimer retry;

    /** Null unless it is open. */
    private JsonStream<Event> stream;

    private boolean opening;

    private long openedAt;
    private boolean stopped;

    /** @param onRefusal gets the engine's sentence when it refuses its events, and null when it sends them */
    EngineEvents(Vertx vertx, DockerEngine engine, EventHints hints, Runnable onHint, Consumer<String> onRefusal) {
        this.onRefusal = onRefusal;
        this.retry = new RetryTimer(vertx);
        this.engine = engine;
        this.hints = hints;
        this.onHint = onHint;
    }

    /** Opens the stream now, even if the next attempt would be later; does nothing while it is open. */
    void listen() {
        if (stopped || opening || stream != null) {
            return;
        }
        retry.cancel();
        opening = true;
        engine.events(EventQuery.containers()).onComplete(this::opened, this::notOpened);
    }

    void stop() {
        stopped = true;
        retry.cancel();
        if (stream != null) {
            stream.cancel();
        }
    }

    private void opened(JsonStream<Event> events) {
        opening = false;
        if (stopped) {
            events.cancel();
            return;
        }
        onRefusal.accept(null);
        stream = events;
        openedAt = System.nanoTime();
        events.exceptionHandler(this::ended);
        events.endHandler(end -> ended(null));
        events.handler(this::event);
        events.resume();
        onHint.run(); // The stream does not report what happened before.
    }

    private void event(Event event) {
        if (event.getActor() == null) {
            return;
        }
        Map<String, String> attributes = event.getActor().getAttributes();
        if (hints.take(event.getActor().getId(), event.getAction(), attributes == null ? Map.of() : attributes)) {
            onHint.run();
        }
    }

    private void ended(Throwable cause) {
        stream = null;
        retry.connectionLasted(Duration.ofNanos(System.nanoTime() - openedAt));
        onHint.run(); // The engine may be gone.
        retryLater(cause);
    }

    private void notOpened(Throwable cause) {
        opening = false;
        onHint.run(); // The engine may be gone.
        retryLater(cause);
    }

    private void retryLater(Throwable cause) {
        if (stopped) {
            return;
        }
        if (cause instanceof DockerEngineException failure && failure.isRefusal()) {
            onRefusal.accept(failure.getMessage());
        }
        retry.later(this::listen);
        log.debug("no events from {} for {}", engine.endpoint(), retry.delay(), cause);
    }
}
