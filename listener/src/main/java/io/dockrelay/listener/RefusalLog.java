package io.dockrelay.listener;

import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;

/** Logs each reason of a refusal once as a warning, and repetitions as debug. Owned by one listener, on its context. */
final class RefusalLog {

    /** Bounds the log and the memory when a client invents host names. */
    private static final int MAX_REASONS = 100;

    private final Logger log;
    private final String label;
    private final Set<String> logged = new HashSet<>();

    RefusalLog(Logger log, String label) {
        this.log = log;
        this.label = label;
    }

    void record(String reason) {
        if (logged.size() < MAX_REASONS && logged.add(reason)) {
            log.warn("{} refused: {}", label, reason);
        } else {
            log.debug("{} refused: {}", label, reason);
        }
    }
}
