package io.dockrelay.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that a relay connects to besides those of the URLs in its settings. Immutable.
 *
 * @param file of hosts, read again when it changes; empty for none
 * @param folder in which hosts are kept that are added while the relay runs; empty: none can be added
 * @param wsPort of a host that is given by its REST URL only
 * @param apiPort of a host that is given by its WebSocket URL only
 */
public record HostsSettings(Optional<Path> file, Optional<Path> folder, int wsPort, int apiPort) {

    static HostsSettings read(SettingsReader reader) {
        return new HostsSettings(
                reader.get(ControllerAddresses.HOSTS_FILE),
                reader.get(SignInSettings.DATA_FOLDER),
                reader.get(ControllerAddresses.CONTROLLER_WS_PORT),
                reader.get(ControllerAddresses.CONTROLLER_API_PORT));
    }

    /**
     * The addresses of a host.
     *
     * @param url of its WebSocket, or else of its REST interface
     * @param restUrl of its REST interface; null: the same host at {@link #apiPort}
     * @throws IllegalArgumentException with a sentence
     */
    public ControllerAddress address(String url, String restUrl) {
        boolean rest = url != null && url.strip().toLowerCase(Locale.ROOT).startsWith("http");
        if (rest && restUrl == null) {
            URI api = uri("url", url, AddressFormats.url("https", "http"));
            return new ControllerAddress(ControllerAddresses.sibling(api, "ws", wsPort), api);
        }
        URI ws = uri("url", url, AddressFormats.url("wss", "ws"));
        URI api = restUrl == null
                ? ControllerAddresses.sibling(ws, "http", apiPort)
                : uri("restUrl", restUrl, AddressFormats.url("https", "http"));
        return new ControllerAddress(ws, api);
    }

    private static URI uri(String field, String text, Format<URI> format) {
        if (text == null) {
            throw new IllegalArgumentException("\"" + field + "\" must be " + format.expected() + ".");
        }
        return format.fromText()
                .apply(text.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + field + "\" is \"" + shown(text) + "\", but must be " + format.expected() + "."));
    }

    private static String shown(String text) {
        String visible = text.replaceAll("\\p{C}", " ");
        return visible.length() <= 100 ? visible : visible.substring(0, 100) + "…";
    }
}
