package io.dockrelay.settings;

/**
 * The address that a server listens on.
 *
 * @param portSetting the setting's name in the error about a port that is taken
 * @param hostSetting the same for the address
 */
public record ListenAddress(String host, int port, String portSetting, String hostSetting) {

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return LoopbackHost.is(host);
    }

    static ListenAddress read(SettingsReader reader, Key<String> host, Key<Integer> port) {
        return new ListenAddress(reader.get(host), reader.get(port), port.title(), host.title());
    }
}
