package io.dockrelay.listener;

import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;

/** Tells the operator once of each kind of client that was sent away, however often it tries. On one context. */
final class RefusalLog {

    /** So that inventing hosts fills neither the log nor the memory. */
    private static final int REMEMBERED = 100;

    private final Logger log;
    private final String label;
    private final Set<String> told = new HashSet<>();

    RefusalLog(Logger log, String label) {
        this.log = log;
        this.label = label;
    }

    void tell(String reason) {
        if (told.size() < REMEMBERED && told.add(reason)) {
            log.warn("{} refused: {}", label, reason);
        } else {
            log.debug("{} refused: {}", label, reason);
        }
    }
}
