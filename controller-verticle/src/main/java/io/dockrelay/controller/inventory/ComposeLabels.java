package io.dockrelay.controller.inventory;

import java.util.Map;

/**
 * A container's place in a compose project, by its labels; every part is null when it has none.
 *
 * @param number counts the containers of one service from 1
 * @param oneOff whether {@code docker compose run} made it
 */
record ComposeLabels(String project, String service, String number, boolean oneOff) {

    static final String PROJECT = "com.docker.compose.project";
    static final String SERVICE = "com.docker.compose.service";

    static final ComposeLabels NONE = new ComposeLabels(null, null, null, false);

    static ComposeLabels of(Map<String, String> labels) {
        return new ComposeLabels(
                labels.get(PROJECT),
                labels.get(SERVICE),
                labels.get("com.docker.compose.container-number"),
                "true".equalsIgnoreCase(labels.get("com.docker.compose.oneoff")));
    }

    /** Whether it counts among the containers of its service. */
    boolean isOfService() {
        return project != null && service != null && !oneOff;
    }

    /** Whether Compose made this name itself: 2.x with hyphens, 1.x with underscores. */
    boolean generated(String fullName) {
        String which = number == null ? "1" : number;
        return isOfService()
                && (fullName.equals(project + "-" + service + "-" + which)
                        || fullName.equals(project + "_" + service + "_" + which));
    }
}
