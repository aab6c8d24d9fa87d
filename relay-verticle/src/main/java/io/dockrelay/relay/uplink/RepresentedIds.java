package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Future;

/**
 * Which uplink of a relay represents which controller. The uplink that finds an id at its URL keeps it while it is
 * connected; after that, until it finds another id there, until it ends, or until another uplink finds the id. Without this,
 * two URLs of one controller would both answer at its bus addresses. Shared by the uplinks of one relay, each on an event
 * loop of its own: for any thread.
 */
final class RepresentedIds {

    /** An uplink, for the other ones. */
    interface Holder {

        /** The WebSocket that it connects to. */
        URI ws();

        /**
         * Another uplink has taken the id. For any thread.
         *
         * @return completes, on any thread, when this one neither announces the id nor answers for it
         */
        Future<Void> release(String id);
    }

    /** What an uplink gets that has found an id at its URL. */
    sealed interface Claim {

        /** The id. */
        record Granted() implements Claim {}

        /** The id, as soon as an uplink that is not connected has released it. */
        record TakenOver(Holder from) implements Claim {}

        /** Nothing: a connected uplink has the id. */
        record Denied(Holder holder) implements Claim {}
    }

    private record Held(Holder holder, boolean connected) {

        boolean isBy(Holder uplink) {
            return holder.equals(uplink);
        }
    }

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** The uplink is connected, and has found this id. */
    Claim take(String id, Holder uplink) {
        var taken = new Held(uplink, true);
        while (true) {
            Held before = held.putIfAbsent(id, taken);
            if (before == null) {
                return new Claim.Granted();
            }
            if (before.connected() && !before.isBy(uplink)) {
                return new Claim.Denied(before.holder());
            }
            if (held.replace(id, before, taken)) {
                return before.isBy(uplink) ? new Claim.Granted() : new Claim.TakenOver(before.holder());
            }
        }
    }

    /** The uplink is no longer connected: it keeps what it has, until another one takes it. */
    void disconnected(Holder uplink) {
        held.replaceAll((id, last) -> last.isBy(uplink) ? new Held(uplink, false) : last);
    }

    /** The uplink has no other id than this one; null for none. */
    void keepOnly(String id, Holder uplink) {
        held.entrySet()
                .removeIf(each -> each.getValue().isBy(uplink) && !each.getKey().equals(id));
    }
}
