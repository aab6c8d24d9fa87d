package io.dockrelay.settings;

import java.util.List;

import static io.dockrelay.settings.AddressFormats.network;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Sign-in by a proxy that names the user in headers. Immutable.
 *
 * @param proxies whose headers count, each as {@code address/prefix}
 * @param userHeader with the user's name
 * @param groupsHeader with the user's groups, separated by commas
 */
public record ProxySignInSettings(List<String> proxies, String userHeader, String groupsHeader) {

    static final Key<List<String>> PROXIES = Key.of(
            "signInProxies",
            "RELAY_SIGN_IN_PROXIES",
            list(network(), ","),
            "Addresses or networks of the proxies that sign in users; needed with `signIn` `proxy`. Name no more than"
                    + " these: every program at such an address can be any user.");
    static final Key<String> USER_HEADER = Key.of(
            "userHeader",
            "RELAY_USER_HEADER",
            header("X-Forwarded-User"),
            "The header in which such a proxy names the user.");
    static final Key<String> GROUPS_HEADER = Key.of(
            "groupsHeader",
            "RELAY_GROUPS_HEADER",
            header("X-Forwarded-Groups"),
            "The header in which it names the user's groups, separated by commas.");

    public ProxySignInSettings {
        proxies = List.copyOf(proxies);
    }

    /** @param way the setting that asks for these, for errors */
    static ProxySignInSettings read(SettingsReader reader, String way) {
        List<String> proxies = reader.get(PROXIES);
        if (proxies.isEmpty()) {
            reader.wrong(PROXIES, way + " proxy needs the proxy's address: set it");
        }
        if (proxies.stream().anyMatch(network -> network.endsWith("/0"))) {
            reader.wrong(PROXIES, "every client could be any user then: name the proxy's address only");
        }
        String user = reader.get(USER_HEADER);
        String groups = reader.get(GROUPS_HEADER);
        if (user.equalsIgnoreCase(groups)) {
            reader.wrong(GROUPS_HEADER, USER_HEADER.title() + " is the same: name another header");
        }
        return new ProxySignInSettings(proxies, user, groups);
    }

    private static Format<String> header(String example) {
        return text("the name of a header such as " + example, "[A-Za-z][A-Za-z0-9-]{0,63}");
    }
}
