package io.dockrelay.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;

/** The formats of addresses: hosts, ports, URLs, origins. */
final class AddressFormats {

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern HOST_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*(%[a-z0-9]+)?");

    private AddressFormats() {}

    /** 0 means any free port, which tests and embedders use. */
    static Format<Integer> port() {
        return Formats.integer(0, 65_535).where("a port, a whole number from 0 to 65535", port -> true);
    }

    /** An address to listen on: a name or an IP address, without a port. */
    static Format<String> host() {
        return Format.ofText("a host name or an IP address, without a port", AddressFormats::parseHost);
    }

    /** The URL of a WebSocket or a REST interface: scheme, host and an optional port; no user, no path. */
    static Format<URI> url(String... schemes) {
        String expected = "a URL such as " + schemes[0] + "://host:port, without a user or a path";
        return Format.ofText(expected, text -> parseUrl(text, Set.of(schemes)));
    }

    /** The address of a relay for controllers that dial it, with the prefix of its paths, without a slash at its end. */
    static Format<URI> relay() {
        return Format.ofText(
                "an address such as wss://host, wss://host:port or wss://host/prefix",
                text -> parse(text.replaceFirst("/+$", ""), Set.of("wss", "ws"))
                        .filter(uri -> uri.getRawPath().matches("(/[A-Za-z0-9._~-]+)*"))
                        .map(uri -> URI.create(bare(uri) + uri.getRawPath())));
    }

    /** An Origin as browsers send it, without its default port. */
    static Format<String> origin() {
        String expected = "an origin such as https://host or http://host:port, without a path";
        return Format.ofText(
                expected, text -> parseUrl(text, Set.of("http", "https")).map(AddressFormats::asOrigin));
    }

    /** The issuer of identity tokens, without a slash at its end. Without TLS only on this machine. */
    static Format<URI> issuer() {
        return Format.ofText(
                "an address such as https://host/path (http only on loopback)", AddressFormats::parseIssuer);
    }

    /** An IP address or a network, as {@code address/prefix}. */
    static Format<String> network() {
        return Format.ofText("an IP address, or a network such as 172.18.0.0/16", AddressFormats::parseNetwork);
    }

    /** The engine's address in docker-java's form. A path after the port is that of a proxy in front of the engine. */
    static Format<String> engine() {
        String expected = "unix:///path/of/docker.sock or tcp://host:port, with an optional /path";
        return Format.ofText(
                expected,
                text -> text.matches("unix:///.+") || parse(text, Set.of("tcp")).isPresent()
                        ? Optional.of(text)
                        : Optional.empty());
    }

    private static Optional<String> parseHost(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        String inner = bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
        boolean right = HOST_NAME.matcher(bare).matches() || IPV6.matcher(inner).matches();
        return right ? Optional.of(inner) : Optional.empty();
    }

    private static Optional<String> parseNetwork(String text) {
        String[] parts = text.strip().split("/", 2);
        boolean v4 = NetUtil.isValidIpV4Address(parts[0]);
        if (!v4 && !NetUtil.isValidIpV6Address(parts[0])) {
            return Optional.empty();
        }
        int longest = v4 ? 32 : 128;
        String prefix = parts.length == 1 ? Integer.toString(longest) : parts[1];
        return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= longest
                ? Optional.of(parts[0] + "/" + prefix)
                : Optional.empty();
    }

    private static Optional<URI> parseUrl(String text, Set<String> schemes) {
        return parse(text, schemes)
                .filter(uri -> uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                .map(AddressFormats::bare);
    }

    private static Optional<URI> parse(String text, Set<String> schemes) {
        try {
            URI uri = new URI(text);
            boolean right = uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return right ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<URI> parseIssuer(String text) {
        return parse(text.replaceFirst("/+$", ""), Set.of("http", "https"))
                .filter(uri -> "https".equalsIgnoreCase(uri.getScheme())
                        || LoopbackHost.is(
                                uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "")));
    }

    private static URI bare(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT));
    }

    private static String asOrigin(URI uri) {
        int standard = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() == standard ? uri.getScheme() + "://" + uri.getHost() : uri.toString();
    }
}
