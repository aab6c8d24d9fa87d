package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.EngineStatus;

/** Whether the engine answers, and since when; logs each change. Owned by the watcher, on its context. */
final class EngineAvailability {

    private static final Logger log = LoggerFactory.getLogger(EngineAvailability.class);

    private final String controller;
    private final String endpoint;

    /** Null before the first scan. */
    private EngineStatus status;

    /** Why changes are found by scans only; null while the engine sends its events. */
    private String withoutEvents;

    /** When the engine last answered; null when it never did. */
    private Instant answeredAt;

    EngineAvailability(String controller, String endpoint) {
        this.controller = controller;
        this.endpoint = endpoint;
    }

    /** A scan succeeded; returns whether the availability has changed. */
    boolean answered(Instant now) {
        answeredAt = now;
        if (status != null && status.available()) {
            return false;
        }
        if (status == null) {
            log.info("the engine at {} answers", endpoint);
        } else {
            log.info(
                    "the engine at {} answers again after {} s",
                    endpoint,
                    Duration.between(status.since(), now).toSeconds());
        }
        status = new EngineStatus(controller, true, now, withoutEvents);
        return true;
    }

    /** A scan failed; returns whether the availability has changed. */
    boolean failed(Instant now, String reason) {
        if (status != null && !status.available()) {
            return false;
        }
        log.warn("the engine at {} does not answer, retrying: {}", endpoint, reason);
        status = new EngineStatus(controller, false, now, reason);
        return true;
    }

    /**
     * The engine refuses its events, or sends them; returns whether that is news.
     *
     * @param reason null when it sends them
     */
    boolean events(String reason) {
        String before = withoutEvents;
        withoutEvents = reason == null
                ? null
                : "The engine refuses its events (" + reason + "), so changes are found by regular scans only";
        if (Objects.equals(before, withoutEvents)) {
            return false;
        }
        if (reason != null) {
            log.warn("{}", withoutEvents);
        } else {
            log.info("the engine at {} sends its events again", endpoint);
        }
        if (available()) {
            status = new EngineStatus(controller, true, status.since(), withoutEvents);
        }
        return available();
    }

    boolean available() {
        return status != null && status.available();
    }

    /** Whether it is known not to answer; false before the first scan. */
    boolean away() {
        return status != null && !status.available();
    }

    EngineStatus status() {
        return status;
    }

    /** Null when the engine never answered. */
    Instant answeredAt() {
        return answeredAt;
    }
}
