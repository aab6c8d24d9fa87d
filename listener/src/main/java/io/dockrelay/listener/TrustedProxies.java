package io.dockrelay.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;

/** The addresses whose {@link Forwarding}, or whose word for the user, counts. Immutable. */
public final class TrustedProxies {

    private final List<IpSubnetFilterRule> networks;

    /** @param networks each {@code address/prefix} */
    public TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::rule).toList();
    }

    /** @param address an IP address; null for a peer without one, which is never trusted */
    public boolean contains(String address) {
        InetAddress peer = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
        return peer != null && networks.stream().anyMatch(network -> network.matches(new InetSocketAddress(peer, 0)));
    }

    private static IpSubnetFilterRule rule(String network) {
        String[] parts = network.split("/", 2);
        return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }
}
