package io.dockrelay.settings;

import java.util.List;

/**
 * Whom a listener lets in beside loopback names and IP addresses.
 *
 * @param hosts host names, lower case, without a port
 * @param origins Origins as browsers write them, lower case, default port left out
 * @param hostsSetting how a refusal names the setting that would let the host in
 * @param originsSetting the same for the Origin
 */
public record DoorSettings(List<String> hosts, List<String> origins, String hostsSetting, String originsSetting) {

    public DoorSettings {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
    }

    static DoorSettings read(SettingsReader reader, Key<List<String>> hosts, Key<List<String>> origins) {
        return new DoorSettings(reader.get(hosts), reader.get(origins), hosts.title(), origins.title());
    }
}
