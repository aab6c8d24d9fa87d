package io.dockrelay.protocol.bus.pass;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The passes that were used and have not expired, so that none is used twice. Only those with a right signature get here, so
 * programs without the token cannot fill it. One for all calls of a process; for any thread.
 */
public final class UsedPasses {

    /** About 100 bytes each. */
    static final int MOST = 100_000;

    /** By the second of their expiry. */
    private final Map<Long, Set<ByteBuffer>> used = new HashMap<>();

    private int count;

    /** Marks a pass as used; a fault if it was used before, or cannot be remembered. */
    synchronized Optional<PassFault> use(CallPass pass, Instant now) {
        if (!used.containsKey(pass.expirySeconds())) {
            forget(now.getEpochSecond());
        }
        if (count >= MOST) {
            return Optional.of(PassFault.BUSY);
        }
        boolean first = used.computeIfAbsent(pass.expirySeconds(), second -> new HashSet<>())
                .add(ByteBuffer.wrap(pass.nonce()));
        count += first ? 1 : 0;
        return first ? Optional.empty() : Optional.of(PassFault.USED);
    }

    synchronized int size() {
        return count;
    }

    /** Once per second at most: each second of expiry is new once. */
    private void forget(long nowSeconds) {
        used.keySet().removeIf(second -> second < nowSeconds);
        count = used.values().stream().mapToInt(Set::size).sum();
    }
}
