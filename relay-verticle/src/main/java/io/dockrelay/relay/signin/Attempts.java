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
import io.dockrelay.relay.signin.users.UserRules;

/**
 * Limits the attempts to sign in, per address and per name. A name that does not exist is limited like any other, and all
 * texts that cannot be a name as one. A name has more attempts than an address, so that no single address can lock a user
 * out. Bounded: of many addresses or names, those that were not used for the longest time are forgotten. Has no clock: the
 * time is a parameter. For one thread.
 */
final class Attempts {

    private static final int MOST = 10_000;

    /** No user has it. */
    private static final String NO_NAME = "";

    private final Map<String, Budget> addresses = new Recent();
    private final Map<String, Budget> names = new Recent();

    private static final class Budget {

        private final TokenBucket attempts;
        /** Whether a client was refused since the last attempt. */
        private boolean refused;

        /** @param burst attempts at first; then one per this many ms */
        private Budget(int burst, double millisPerAttempt) {
            attempts = new TokenBucket(burst, 1 / millisPerAttempt, 0);
        }

        static Budget ofAddress() {
            return new Budget(10, 15_000);
        }

        static Budget ofName() {
            return new Budget(20, 5_000);
        }

        void take(long nowMillis) {
            attempts.take(1, nowMillis);
            refused = false;
        }
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
        Budget ofAddress = ofAddress(address);
        double wait = ofAddress.attempts.unitsUntil(1, nowMillis);
        if (wait > 0) {
            return Optional.of(millis(wait));
        }
        Budget ofName = names.computeIfAbsent(plain(name), first -> Budget.ofName());
        wait = ofName.attempts.unitsUntil(1, nowMillis);
        if (wait > 0) {
            return Optional.of(millis(wait));
        }
        ofAddress.take(nowMillis);
        ofName.take(nowMillis);
        return Optional.empty();
    }

    /** The same for an attempt without a name. */
    Optional<Duration> take(String address, long nowMillis) {
        Budget ofAddress = ofAddress(address);
        double wait = ofAddress.attempts.unitsUntil(1, nowMillis);
        if (wait > 0) {
            return Optional.of(millis(wait));
        }
        ofAddress.take(nowMillis);
        return Optional.empty();
    }

    /**
     * A client was refused. Returns whether to report it: one that goes on must not fill the log, so it is the first refusal
     * since an attempt from the address or for the name.
     */
    boolean refused(String address, String name) {
        Budget ofAddress = ofAddress(address);
        // Null if only the address was looked at.
        Budget ofName = names.get(plain(name));
        boolean known = ofAddress.refused || (ofName != null && ofName.refused);
        ofAddress.refused = true;
        if (ofName != null) {
            ofName.refused = true;
        }
        return !known;
    }

    /** The same for an attempt without a name. */
    boolean refused(String address) {
        Budget ofAddress = ofAddress(address);
        boolean known = ofAddress.refused;
        ofAddress.refused = true;
        return !known;
    }

    /** The attempt was right: it does not count. */
    void succeeded(String address, String name, long nowMillis) {
        names.remove(plain(name));
        ofAddress(address).attempts.take(-1, nowMillis);
    }

    /** The same for an attempt without a name. */
    void succeeded(String address, long nowMillis) {
        ofAddress(address).attempts.take(-1, nowMillis);
    }

    int size() {
        return Math.max(addresses.size(), names.size());
    }

    private Budget ofAddress(String address) {
        return addresses.computeIfAbsent(network(address), first -> Budget.ofAddress());
    }

    private static Duration millis(double wait) {
        return Duration.ofMillis((long) Math.ceil(wait));
    }

    private static String plain(String name) {
        return UserRules.isName(name) ? name.toLowerCase(Locale.ROOT) : NO_NAME;
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
