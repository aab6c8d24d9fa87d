package io.dockrelay.controller.inventory;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises Dockrelay's own containers: by the label of the image, or because this process runs in one. If one of them is
 * stopped from the dashboard, the dashboard cannot start it again. Pure and immutable.
 *
 * @param ids full ids, or 12 hex digits, of containers this process may be running in
 */
public record OwnContainers(Set<String> ids) {

    /** On the image, and so on each of its containers. */
    public static final String LABEL = "io.dockrelay.part";

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{12}");

    /** Mounts that the engine makes from a container's own folder: {@code …/containers/<id>/hostname}. */
    private static final Pattern OWN_MOUNT = Pattern.compile(
            "/(?:overlay-)?containers/([0-9a-f]{64})/(?:userdata/)?(?:hostname|resolv\\.conf|hosts)\\b");

    public OwnContainers {
        ids = Set.copyOf(ids);
    }

    /**
     * @param cgroup of {@code /proc/self/cgroup}; empty when there is none
     * @param mountInfo of {@code /proc/self/mountinfo}
     * @param hostName by default the short id of the container; null when not known
     */
    public static OwnContainers of(String cgroup, String mountInfo, String hostName) {
        Set<String> found = new HashSet<>();
        Matcher groups = ID.matcher(cgroup);
        while (groups.find()) {
            found.add(groups.group());
        }
        Matcher mounts = OWN_MOUNT.matcher(mountInfo);
        while (mounts.find()) {
            found.add(mounts.group(1));
        }
        if (hostName != null && SHORT_ID.matcher(hostName).matches()) {
            found.add(hostName);
        }
        return new OwnContainers(found);
    }

    /**
     * @param id the full id
     * @param labels null for none
     */
    public boolean include(String id, Map<String, String> labels) {
        return (labels != null && labels.containsKey(LABEL)) || ids.stream().anyMatch(id::startsWith);
    }
}
