package io.dockrelay.settings;

import io.netty.util.NetUtil;

/**
 * Whether a host that a server binds to, or that a client writes, is the loopback interface of its machine. Pure: a name that
 * would have to be looked up is none, as its address can change.
 */
public final class LoopbackHost {

    private LoopbackHost() {}

    /** @param host a name or an address without brackets, lower case */
    public static boolean is(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || (NetUtil.isValidIpV4Address(host) && host.startsWith("127."))
                || isV6(host);
    }

    private static boolean isV6(String host) {
        byte[] bytes = NetUtil.isValidIpV6Address(host) ? NetUtil.createByteArrayFromIpAddressString(host) : null;
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
}
