package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;

/** Whether the observed state of a container says that an action has ended. Pure. */
final class ObservedEnd {

    private static final Pattern YOUNG = Pattern.compile("Up (?:Less than a|(\\d+)) seconds?\\b.*");

    private ObservedEnd() {}

    /**
     * @param wasDown whether the container was seen down since the action began
     * @param elapsed since then
     */
    static boolean of(ContainerAction action, Container now, boolean wasDown, Duration elapsed) {
        return switch (action) {
            case START -> now.running();
            case STOP, KILL -> isDown(now);
            case RESTART -> now.running() && (wasDown || hasStartedWithin(elapsed, now.statusDetail()));
        };
    }

    static boolean isDown(Container now) {
        return switch (now.status()) {
            case CREATED, EXITED, DEAD, REMOVING, REMOVED, NOT_CREATED -> true;
            case RUNNING, PAUSED, RESTARTING, UNKNOWN -> false;
        };
    }

    /** @param text the engine's status text; may be null */
    private static boolean hasStartedWithin(Duration elapsed, String text) {
        Matcher young = YOUNG.matcher(text == null ? "" : text);
        if (!young.matches()) {
            return false;
        }
        long seconds = young.group(1) == null ? 0 : Long.parseLong(young.group(1));
        return seconds < elapsed.toSeconds();
    }
}
