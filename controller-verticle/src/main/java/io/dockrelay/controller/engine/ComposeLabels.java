package io.dockrelay.controller.engine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.state.Details;

/**
 * A container's place in a compose project, by its labels. It stays the same when the container is re-created. Every part is
 * null where the container has no such label.
 *
 * @param number counts the containers of one service from 1; also null where it is not known
 * @param oneOff whether {@code docker compose run} made it
 */
public record ComposeLabels(String project, String service, String number, boolean oneOff) {

    public static final String PROJECT = "com.docker.compose.project";

    public static final ComposeLabels NONE = new ComposeLabels(null, null, null, false);

    private static final Pattern TEMPORARY_NAME = Pattern.compile("[0-9a-f]{12}_(.+)");

    public static ComposeLabels of(Map<String, String> labels) {
        return new ComposeLabels(
                labels.get(PROJECT),
                labels.get("com.docker.compose.service"),
                labels.get("com.docker.compose.container-number"),
                "true".equalsIgnoreCase(labels.get("com.docker.compose.oneoff")));
    }

    /** The labels that an element of the list has: project and service. */
    public static ComposeLabels of(Details details) {
        return new ComposeLabels(details.project(), details.service(), null, false);
    }

    /** Whether Compose made the container. */
    public boolean isOfCompose() {
        return project != null && service != null;
    }

    /** Whether it counts among the containers of its service. */
    public boolean isOfService() {
        return isOfCompose() && !oneOff;
    }

    public boolean isSameService(ComposeLabels other) {
        return isOfCompose() && project.equals(other.project) && service.equals(other.service);
    }

    /** Whether Compose made this name itself: 2.x with hyphens, 1.x with underscores. */
    public boolean isGeneratedName(String fullName) {
        String which = number == null ? "1" : number;
        return isOfService()
                && (fullName.equals(project + "-" + service + "-" + which)
                        || fullName.equals(project + "_" + service + "_" + which));
    }

    /**
     * The name that a container had, or will get, if its name is one that Compose gives during a re-creation:
     * {@code <12 hex digits>_NAME}. Empty for every other name.
     */
    public Optional<String> nameAfterRecreation(String fullName) {
        Matcher matcher = TEMPORARY_NAME.matcher(fullName);
        return service != null && matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
