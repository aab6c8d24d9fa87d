package io.dockrelay.settings;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * The roles of groups that an identity provider or a proxy names. Immutable.
 *
 * @param roles of each group
 */
public record GroupRoles(Map<String, Set<String>> roles) {

    static final Key<List<String>> GROUP_ROLES = Key.of(
            "groupRoles",
            "RELAY_GROUP_ROLES",
            list(text("GROUP=ROLE such as dockrelay-admins=admin", "\\P{Cntrl}{1,256}=[a-z][a-z0-9-]{0,31}"), ","),
            "Roles of the groups that a provider or a proxy names, each as `GROUP=ROLE`; `grantsFile` can grant more.");

    public GroupRoles {
        roles = Map.copyOf(roles);
    }

    /** The roles of a user with these groups. */
    public Set<String> of(Collection<String> groups) {
        Set<String> all = new LinkedHashSet<>();
        groups.forEach(group -> all.addAll(roles.getOrDefault(group, Set.of())));
        return all;
    }

    static GroupRoles read(SettingsReader reader) {
        Map<String, Set<String>> roles = new TreeMap<>();
        for (String entry : reader.get(GROUP_ROLES)) {
            int equals = entry.lastIndexOf('=');
            boolean unused = roles.computeIfAbsent(entry.substring(0, equals), first -> new LinkedHashSet<>())
                    .add(entry.substring(equals + 1));
        }
        return new GroupRoles(roles);
    }
}
