package io.dockrelay.controller.engine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.state.Details;

/**
 * A container's place in a compose project or a swarm stack, by its labels. It stays the same when the container is
 * re-created. Every part is null where the container has no such label, or an empty one.
 *
 * @param project the compose project or swarm stack; of a swarm service without a stack, the service
 * @param number counts the containers of one service from 1, or is the node's id for one task per node; also null where it
 *     is not known
 * @param oneOff whether {@code docker compose run} made it
 */
public record ComposeLabels(String project, String service, String number, boolean oneOff) {

    public static final String PROJECT = "com.docker.compose.project";

    public static final ComposeLabels NONE = new ComposeLabels(null, null, null, false);

    private static final String SWARM_SERVICE = "com.docker.swarm.service.name";
    private static final String SWARM_TASK = "com.docker.swarm.task.name";
    private static final String SWARM_STACK = "com.docker.stack.namespace";

    private static final Pattern TEMPORARY_NAME = Pattern.compile("[0-9a-f]{12}_(.+)");

    public static ComposeLabels of(Map<String, String> labels) {
        if (value(labels, SWARM_SERVICE) != null) {
            return ofSwarm(labels);
        }
        return new ComposeLabels(
                value(labels, PROJECT),
                value(labels, "com.docker.compose.service"),
                value(labels, "com.docker.compose.container-number"),
                "true".equalsIgnoreCase(labels.get("com.docker.compose.oneoff")));
    }

    /** Swarm names a service {@code STACK_SERVICE}, and a task {@code STACK_SERVICE.NUMBER.ID}. */
    private static ComposeLabels ofSwarm(Map<String, String> labels) {
        String service = value(labels, SWARM_SERVICE);
        String stack = value(labels, SWARM_STACK);
        String task = value(labels, SWARM_TASK);
        String[] parts = task != null && task.startsWith(service + ".")
                ? task.substring(service.length() + 1).split("\\.")
                : new String[0];
        boolean prefixed = stack != null && service.startsWith(stack + "_") && service.length() > stack.length() + 1;
        return new ComposeLabels(
                stack == null ? service : stack,
                prefixed ? service.substring(stack.length() + 1) : service,
                parts.length == 0 ? null : parts[0],
                false);
    }

    private static String value(Map<String, String> labels, String name) {
        String value = labels.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The labels that an element of the list has: project and service. */
    public static ComposeLabels of(Details details) {
        return new ComposeLabels(details.project(), details.service(), null, false);
    }

    /** Whether Compose or a swarm made the container. */
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

    /** Whether this name was generated: by Compose 2.x with hyphens, by 1.x with underscores, by a swarm with dots. */
    public boolean isGeneratedName(String fullName) {
        String which = number == null ? "1" : number;
        String task = service + "." + which + ".";
        return isOfService()
                && (fullName.equals(project + "-" + service + "-" + which)
                        || fullName.equals(project + "_" + service + "_" + which)
                        || fullName.startsWith(project + "_" + task)
                        || (project.equals(service) && fullName.startsWith(task)));
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
