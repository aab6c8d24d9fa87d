package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.util.Set;

/**
 * The controllers that a relay is configured to have. Until each has been heard of, a container that is not known may be one
 * of theirs.
 *
 * @param uplinks the ids under which the uplinks announce them until their own ids are known
 * @param atMost after this time since the relay's start none is expected any more
 */
public record ExpectedControllers(Set<String> uplinks, OnBus onBus, Duration atMost) {

    static final ExpectedControllers NONE = new ExpectedControllers(Set.of(), OnBus.NONE, Duration.ofSeconds(10));

    /** The controllers that announce themselves on the bus, without an uplink of this relay. */
    public enum OnBus {
        NONE,
        /** One, in this process. */
        ONE,
        /** Any number, in a cluster: its members are not configured. */
        SEVERAL
    }

    public ExpectedControllers {
        uplinks = Set.copyOf(uplinks);
    }

    /** Expected for 10 s. */
    public static ExpectedControllers of(Set<String> uplinks, OnBus onBus) {
        return new ExpectedControllers(uplinks, onBus, NONE.atMost);
    }
}
