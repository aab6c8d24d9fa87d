package io.dockrelay.settings;

import java.util.List;

/**
 * The hosts and origins that a listener allows, besides loopback names and IP addresses.
 *
 * @param hosts host names, lower case, without a port
 * @param origins as browsers send them, lower case, without a default port
 * @param proxies the networks of trusted proxies, each as {@code address/prefix}
 * @param hostsSetting the setting's name in a refusal of the host
 * @param originsSetting the same for the Origin
 * @param proxiesSetting the same for the headers of a proxy
 */
public record AccessSettings(
        List<String> hosts,
        List<String> origins,
        List<String> proxies,
        String hostsSetting,
        String originsSetting,
        String proxiesSetting) {

    public AccessSettings {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        proxies = List.copyOf(proxies);
    }

    static AccessSettings read(
            SettingsReader reader, Key<List<String>> hosts, Key<List<String>> origins, Key<List<String>> proxies) {
        return new AccessSettings(
                reader.get(hosts),
                reader.get(origins),
                reader.get(proxies),
                hosts.title(),
                origins.title(),
                proxies.title());
    }
}
