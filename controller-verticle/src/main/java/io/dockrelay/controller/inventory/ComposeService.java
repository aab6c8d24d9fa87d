package io.dockrelay.controller.inventory;

import java.util.Map;

import io.dockrelay.controller.engine.ComposeLabels;

/**
 * A service of a compose file.
 *
 * @param project null when neither the settings nor the file name it
 * @param image null when the file has none, or one with variables
 * @param containerName the configured name of the container; null when Compose makes one
 * @param labels that its container will have
 */
record ComposeService(String project, String name, String image, String containerName, Map<String, String> labels) {

    ComposeService {
        labels = Map.copyOf(labels);
    }

    /** A service without labels. */
    ComposeService(String project, String name, String image, String containerName) {
        this(project, name, image, containerName, Map.of());
    }

    /** The same with the labels that rights depend on. */
    ComposeService with(RightsLabels chosen) {
        return new ComposeService(project, name, image, containerName, chosen.among(labels));
    }

    /** The full name of the container that Compose would create. */
    String fullName() {
        if (containerName != null) {
            return containerName;
        }
        return project == null ? name : project + "-" + name + "-1";
    }

    Naming.Subject subject() {
        return new Naming.Subject(fullName(), new ComposeLabels(project, name, "1", false));
    }

    /** Whether this container belongs to the service. */
    boolean owns(ObservedContainer seen) {
        ComposeLabels compose = seen.compose();
        boolean sameProject = project == null || project.equals(compose.project());
        boolean byLabel = sameProject && name.equals(compose.service()) && !compose.oneOff();
        return byLabel || seen.fullName().equals(fullName());
    }
}
