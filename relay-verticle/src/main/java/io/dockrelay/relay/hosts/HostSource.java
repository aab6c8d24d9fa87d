package io.dockrelay.relay.hosts;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a host that a relay connects to was given. */
public enum HostSource {
    /** The URLs in the relay's settings. */
    SETTINGS,
    /** The hosts file. */
    FILE,
    /** The REST interface, which the page uses. */
    PAGE,
    /** An enrolment: the host has connected by itself. */
    ENROLLED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
