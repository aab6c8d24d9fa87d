package io.dockrelay.relay.uplink;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tails that are wanted from one remote controller, and the way of a message to them. Owned by {@link RemoteTails}. */
final class TailDeliveries {

    private final Map<String, TailDelivery> bySubscription = new LinkedHashMap<>();

    /** A copy. */
    List<TailDelivery> all() {
        return List.copyOf(bySubscription.values());
    }

    void add(TailDelivery delivery) {
        bySubscription.put(delivery.tail().subscription(), delivery);
    }

    /** Null when there is none. */
    TailDelivery find(String subscription) {
        return bySubscription.get(subscription);
    }

    /** Takes it out; null when there was none. */
    TailDelivery remove(RemoteTail tail) {
        return bySubscription.remove(tail.subscription());
    }

    /**
     * Those that a message is for.
     *
     * @param sub null from a controller of version 1, which names the container only
     */
    List<TailDelivery> addressed(String sub, String container, WireVersion version) {
        if (sub != null) {
            TailDelivery delivery = bySubscription.get(sub);
            return delivery == null ? List.of() : List.of(delivery);
        }
        return bySubscription.values().stream()
                .filter(delivery -> version == WireVersion.V1 && delivery.tail().follows(container))
                .toList();
    }
}
