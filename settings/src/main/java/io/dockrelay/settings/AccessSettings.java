package io.dockrelay.settings;

import java.util.List;

/**
 * The hosts and origins that a listener allows, besides loopback names and IP addresses.
 *
 * @param hosts host names, lower case, without a port
 * @param origins as browsers send them, lower case, without a default port
 * @param hostsSetting the setting's name in a refusal of the host
 * @param originsSetting the same for the Origin
 */
public record AccessSettings(List<String> hosts, List<String> origins, String hostsSetting, String originsSetting) {

    public AccessSettings {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
    }

    static AccessSettings read(SettingsReader reader, Key<List<String>> hosts, Key<List<String>> origins) {
        return new AccessSettings(reader.get(hosts), reader.get(origins), hosts.title(), origins.title());
    }
}
