package io.dockrelay.listener;

import java.util.Locale;
import java.util.Optional;

import io.netty.util.NetUtil;

import io.dockrelay.settings.LoopbackHost;

/**
 * The host of a Host header or an Origin, normalized for comparison: lower case, without a trailing dot, IPv6 without
 * brackets. Pure.
 *
 * @param address whether it is an IP address rather than a name
 */
record HostName(String name, boolean address) {

    /** Empty when it is not a valid name or address of a Host header. */
    static Optional<HostName> of(String host) {
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
        return !address && LoopbackHost.is(name);
    }

    /** Whether the host is this machine's loopback interface. */
    boolean isLoopback() {
        return LoopbackHost.is(name);
    }
}
