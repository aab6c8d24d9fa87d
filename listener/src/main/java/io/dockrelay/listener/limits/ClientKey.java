package io.dockrelay.listener.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

import io.netty.util.NetUtil;

/** The part of an IP address that counts as one client. Pure. */
final class ClientKey {

    /** A client of IPv6 usually has a /64 network, with all its addresses. */
    private static final int NETWORK_BYTES = 8;

    private ClientKey() {}

    /**
     * The address itself for IPv4, also if it is written as IPv6; the /64 network for IPv6.
     *
     * @param address in any notation; a text that is no IP address is its own key
     */
    static String of(String address) {
        InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
        if (!(parsed instanceof Inet6Address v6)) {
            return parsed == null ? address : parsed.getHostAddress();
        }
        byte[] bytes = v6.getAddress();
        if (isMapped(bytes)) {
            return NetUtil.bytesToIpAddress(Arrays.copyOfRange(bytes, 12, 16));
        }
        return NetUtil.bytesToIpAddress(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), 16)) + "/64";
    }

    /** Whether it is an IPv4 address, as a socket for both versions shows it. */
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
