package io.dockrelay.relay.uplink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which uplink of a relay represents which controller: the first that finds an id at its URL keeps it until it finds another
 * one there, or ends. Without this, two URLs of one controller would both answer at its bus addresses. Shared by the
 * uplinks of one relay, each on an event loop of its own: for any thread.
 */
final class RepresentedIds {

    private final Map<String, UplinkTarget> owners = new ConcurrentHashMap<>();

    /** Takes the id, unless it is taken; returns the target that has it now. */
    UplinkTarget take(String id, UplinkTarget target) {
        UplinkTarget owner = owners.putIfAbsent(id, target);
        return owner == null ? target : owner;
    }

    /** The target has no other id than this one; null for none. */
    void keepOnly(String id, UplinkTarget target) {
        owners.entrySet()
                .removeIf(taken ->
                        taken.getValue().equals(target) && !taken.getKey().equals(id));
    }
}
