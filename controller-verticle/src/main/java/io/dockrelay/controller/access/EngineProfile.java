package io.dockrelay.controller.access;

/**
 * How much of the engine's API a controller needs for a purpose; each one includes those before it. The requests of a
 * profile are listed in {@code deploy/engine-proxy}, for the proxy that allows nothing else.
 */
enum EngineProfile {
    /** Containers, their state, details and load. */
    WATCH("watch"),
    /** Their logs, too. */
    LOGS("logs"),
    /** Actions, too. */
    CONTROL("control");

    private final String wireName;

    EngineProfile(String wireName) {
        this.wireName = wireName;
    }

    /** As operators write it. */
    String wireName() {
        return wireName;
    }
}
