package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import com.github.dockerjava.api.model.Event;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.EventQuery;
import io.dockrelay.docker.JsonStream;
import io.dockrelay.protocol.backoff.Backoff;

/**
 * Listens to the engine's container events and comes back by the backoff table when the stream ends. Events are hints
 * only: what is missed, the next look sees. Owned by the watcher, on its context.
 */
final class EngineEvents {

    private static final Logger log = LoggerFactory.getLogger(EngineEvents.class);

    private final Vertx vertx;
    private final DockerEngine engine;
    private final EventHints hints;
    private final Runnable onHint;
    private final Backoff backoff = new Backoff();

    /** Null unless it is open. */
    private JsonStream<Event> stream;

    /** Null unless waiting for the next attempt. */
    private Long retry;

    /** True while an attempt is under way. */
    private boolean opening;

    private long openedAt;
    private boolean stopped;

    EngineEvents(Vertx vertx, DockerEngine engine, EventHints hints, Runnable onHint) {
        this.vertx = vertx;
        this.engine = engine;
        this.hints = hints;
        this.onHint = onHint;
    }

    /** Listens from now on; nothing when it does already. An attempt that was waited for is made at once. */
    void listen() {
        if (stopped || opening || stream != null) {
            return;
        }
        cancelRetry();
        opening = true;
        engine.events(EventQuery.containers()).onComplete(this::opened, this::notOpened);
    }

    void stop() {
        stopped = true;
        cancelRetry();
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
        stream = events;
        openedAt = System.nanoTime();
        events.exceptionHandler(this::ended);
        events.endHandler(end -> ended(null));
        events.handler(this::event);
        events.resume();
        onHint.run(); // what happened before is not told
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
        backoff.connectionLasted(Duration.ofNanos(System.nanoTime() - openedAt));
        onHint.run(); // perhaps the engine is gone
        retryLater(cause);
    }

    private void notOpened(Throwable cause) {
        opening = false;
        onHint.run();
        retryLater(cause);
    }

    private void retryLater(Throwable cause) {
        if (stopped) {
            return;
        }
        Duration delay = backoff.next(ThreadLocalRandom.current().nextDouble());
        log.debug("no events from {} for {}", engine.endpoint(), delay, cause);
        retry = vertx.setTimer(Math.max(1, delay.toMillis()), id -> {
            retry = null;
            listen();
        });
    }

    private void cancelRetry() {
        if (retry != null) {
            vertx.cancelTimer(retry);
            retry = null;
        }
    }
}
