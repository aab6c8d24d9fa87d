package io.dockrelay.relay.dial;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which enrolments need the admin, and why. Owned by {@link DialledHosts}, on its context. */
final class CopiedKeys {

    private static final String COPIED =
            "two controllers use the key of this host: revoke its enrolment, and enrol each of"
                    + " them with a token of its own";
    private static final Logger log = LoggerFactory.getLogger(CopiedKeys.class);

    private final BiConsumer<String, String> events;
    private final Map<String, Instances> instances = new HashMap<>();
    private final Map<String, String> problems = new HashMap<>();

    /** @param events takes what happens, for the record: the host, and a sentence */
    CopiedKeys(BiConsumer<String, String> events) {
        this.events = events;
    }

    /**
     * A run of the controller has connected.
     *
     * @param id of the enrolment
     */
    void connected(String id, String host, String instance) {
        if (instances.computeIfAbsent(id, first -> new Instances()).isCopy(instance)) {
            copied(id, host);
        }
    }

    /** Two runs are connected at once. Said once. */
    void copied(String id, String host) {
        if (!COPIED.equals(problems.put(id, COPIED))) {
            log.warn("[dial] host {}: {}", host, COPIED);
            events.accept(host, COPIED);
        }
    }

    /** The host cannot be used. */
    void unusable(String id, String why) {
        problems.put(id, why);
        log.warn("[dial] {}", why);
    }

    /** Empty if there is nothing to do. */
    Optional<String> problem(String id) {
        return Optional.ofNullable(problems.get(id));
    }

    void forget(String id) {
        instances.remove(id);
        problems.remove(id);
    }
}
