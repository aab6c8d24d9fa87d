package io.dockrelay.protocol.rights;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be allowed. Each one but {@link #VIEW}, {@link #AUDIT} and {@link #ADMIN} contains {@link #VIEW}. */
public enum Permission {
    /** The container is in the list, with its state and its changes. */
    VIEW,
    /** Its load, present and past. */
    STATS,
    /** How it was made: image, command, environment, mounts. */
    INSPECT,
    /** Its lines: live, stored, searched, downloaded. */
    LOGS,
    /** Start, stop, restart and kill. */
    CONTROL,
    /** The record of actions and refusals. */
    AUDIT,
    /** The relay itself: controllers that are no longer listed, tokens of others; and containers with the label that hides. */
    ADMIN;

    public static final Set<Permission> ALL = Collections.unmodifiableSet(EnumSet.allOf(Permission.class));

    /** Those that a container can be the object of; a controller's calls need one of them. */
    public static final Set<Permission> OF_CONTROLLERS = Collections.unmodifiableSet(EnumSet.range(VIEW, CONTROL));

    /** The word in the grants file and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Permission> of(String wireName) {
        return Arrays.stream(values())
                .filter(permission -> permission.wireName().equals(wireName))
                .findFirst();
    }
}
