package io.dockrelay.relay.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.netty.util.NetUtil;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Limits the attempts to sign in, per address and per name. A name that does not exist is limited like any other. Bounded: of
 * many addresses or names, those that were not used for the longest time are forgotten. Has no clock: the time is a parameter.
 * For one thread.
 */
final class Attempts {

    private static final int BURST = 10;

    /** Then one attempt per this many ms. */
    private static final double MILLIS_PER_ATTEMPT = 15_000;

    private static final int MOST = 10_000;

    private final Map<String, Budget> addresses = new Recent();
    private final Map<String, Budget> names = new Recent();

    private static final class Budget {

        private final TokenBucket attempts = new TokenBucket(BURST, 1 / MILLIS_PER_ATTEMPT, 0);
        /** Whether a client was refused since the last attempt. */
        private boolean refused;
    }

    private static final class Recent extends LinkedHashMap<String, Budget> {

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Budget> eldest) {
            return size() > MOST;
        }
    }

    /** Takes one attempt; returns how long the client has to wait if there is none left. */
    Optional<Duration> take(String address, String name, long nowMillis) {
        Budget ofAddress = of(addresses, network(address));
        Budget ofName = of(names, plain(name));
        double wait = Math.max(ofAddress.attempts.unitsUntil(1, nowMillis), ofName.attempts.unitsUntil(1, nowMillis));
        if (wait > 0) {
            return Optional.of(Duration.ofMillis((long) Math.ceil(wait)));
        }
        ofAddress.attempts.take(1, nowMillis);
        ofName.attempts.take(1, nowMillis);
        ofAddress.refused = false;
        ofName.refused = false;
        return Optional.empty();
    }

    /**
     * A client was refused. Returns whether to report it: one that goes on must not fill the log, so it is the first refusal
     * since an attempt from the address or for the name.
     */
    boolean refused(String address, String name) {
        Budget ofAddress = of(addresses, network(address));
        Budget ofName = of(names, plain(name));
        boolean known = ofAddress.refused || ofName.refused;
        ofAddress.refused = true;
        ofName.refused = true;
        return !known;
    }

    /** The attempt was right: it does not count. */
    void succeeded(String address, String name, long nowMillis) {
        names.remove(plain(name));
        of(addresses, network(address)).attempts.take(-1, nowMillis);
    }

    int size() {
        return Math.max(addresses.size(), names.size());
    }

    private static Budget of(Map<String, Budget> budgets, String key) {
        return budgets.computeIfAbsent(key, first -> new Budget());
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** One client has 2⁶⁴ addresses of IPv6: they count as one. An address of IPv4 in the form of IPv6 is one of IPv4. */
    private static String network(String address) {
        InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
        if (parsed == null) {
            return address;
        }
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(parsed.getAddress(), 0, 8)
                : parsed.getHostAddress();
    }
}
