package io.dockrelay.listener;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;

/**
 * The host of a Host header or an Origin, normalized for comparison: lower case, without a trailing dot, IPv6 without
 * brackets. Pure.
 *
 * @param address whether it is an IP address rather than a name
 */
record HostName(String name, boolean address) {

    /** {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port}; RFC 3986 allows an empty port. */
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{0,5}))?");

    private static final int HIGHEST_PORT = 65_535;

    /** Empty when the text is not a host with an optional port: it has a user, a blank, or a port above 65535. */
    static Optional<HostName> ofAuthority(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || !isPort(parts.group(2))) {
            return Optional.empty();
        }
        return of(parts.group(1));
    }

    private static Optional<HostName> of(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            String inner = lower.substring(1, lower.length() - 1);
            return NetUtil.isValidIpV6Address(inner) ? Optional.of(new HostName(inner, true)) : Optional.empty();
        }
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (bare.isEmpty() || bare.startsWith(".") || bare.endsWith(".") || bare.contains("..")) {
            return Optional.empty();
        }
        return Optional.of(new HostName(bare, NetUtil.isValidIpV4Address(bare)));
    }

    /** A name that DNS servers must not resolve (RFC 6761), so no web page can use it as its own. */
    boolean isLoopbackName() {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** Whether the host is this machine's loopback interface. */
    boolean isLoopback() {
        return isLoopbackName() || (address && (name.startsWith("127.") || isLoopbackV6()));
    }

    private boolean isLoopbackV6() {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(name);
        if (bytes == null || bytes.length != 16 || bytes[15] != 1) {
            return false;
        }
        for (int i = 0; i < 15; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String digits) {
        return digits == null || digits.isEmpty() || Integer.parseInt(digits) <= HIGHEST_PORT;
    }
}
