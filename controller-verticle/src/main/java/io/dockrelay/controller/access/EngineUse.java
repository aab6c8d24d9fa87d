package io.dockrelay.controller.access;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a controller asks of its engine: one endpoint of the engine's API each. */
enum EngineUse {
    LIST("list", EngineProfile.WATCH),
    INSPECT("inspect", EngineProfile.WATCH),
    EVENTS("events", EngineProfile.WATCH),
    INFO("info", EngineProfile.WATCH),
    STATS("stats", EngineProfile.WATCH),
    LOGS("logs", EngineProfile.LOGS),
    START("start", EngineProfile.CONTROL),
    STOP("stop", EngineProfile.CONTROL),
    RESTART("restart", EngineProfile.CONTROL),
    KILL("kill", EngineProfile.CONTROL);

    private final String endpoint;

    /** The smallest one with it. */
    private final EngineProfile profile;

    EngineUse(String endpoint, EngineProfile profile) {
        this.endpoint = endpoint;
        this.profile = profile;
    }

    /** What a profile includes. */
    static Set<EngineUse> of(EngineProfile profile) {
        return Stream.of(values())
                .filter(use -> use.profile.compareTo(profile) <= 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name of the endpoint, for people. */
    String endpoint() {
        return endpoint;
    }
}
