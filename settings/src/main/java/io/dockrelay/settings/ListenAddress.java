package io.dockrelay.settings;

/**
 * Where a server listens.
 *
 * @param portSetting how an error names the port's setting when it is taken
 * @param hostSetting the same for the address
 */
public record ListenAddress(String host, int port, String portSetting, String hostSetting) {

    static ListenAddress read(SettingsReader reader, Key<String> host, Key<Integer> port) {
        return new ListenAddress(reader.get(host), reader.get(port), port.title(), host.title());
    }
}
