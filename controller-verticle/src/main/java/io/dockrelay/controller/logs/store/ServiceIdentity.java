package io.dockrelay.controller.logs.store;

import java.util.Map;

/**
 * What Compose calls a container by its labels. It stays the same when the container is re-created.
 *
 * @param project null when Compose did not make it; the service and its number are null then too
 * @param oneOff whether it is no part of the service, but was made by {@code compose run}
 */
public record ServiceIdentity(String project, String service, String number, boolean oneOff) {

    private static final String PREFIX = "com.docker.compose.";

    public static ServiceIdentity of(Map<String, String> labels) {
        String project = labels.get(PREFIX + "project");
        String service = labels.get(PREFIX + "service");
        if (project == null || service == null) {
            return new ServiceIdentity(null, null, null, false);
        }
        boolean oneOff = Boolean.parseBoolean(labels.get(PREFIX + "oneoff"));
        return new ServiceIdentity(project, service, labels.get(PREFIX + "container-number"), oneOff);
    }

    public boolean ofCompose() {
        return project != null;
    }
}
