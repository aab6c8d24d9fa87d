package io.dockrelay.relay.uplink;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;

/**
 * A snapshot that does not continue, from its arrival until the gap arrives that belongs before its lines. A controller sends
 * that gap directly after it, or not at all. Owned by its {@link RemoteTail}. Pure.
 */
final class HeldSnapshot {

    private final TailQueue queue;

    /** Usually null. */
    private TailItem snapshot;

    HeldSnapshot(TailQueue queue) {
        this.queue = queue;
    }

    boolean isHeld() {
        return snapshot != null;
    }

    /** Counts as taken by the receiver: it may have used up the credit, and then each would wait for the other. */
    void hold(TailItem held, TailCredit credit) {
        snapshot = held.withoutWire();
        credit.taken(held.wire());
    }

    /** Its gap has arrived. */
    void releaseAfter(LogGap gap) {
        String to = gap.to() == null ? snapshot.first() : gap.to();
        offerAfter(new TailMark.Gap(gap.reason(), gap.from(), to, gap.count()));
    }

    /** Something else has arrived in place of its gap. */
    void releaseWithoutGap() {
        if (snapshot != null) {
            offerAfter(new TailMark.Gap(GapReason.UNKNOWN, queue.cursor(), snapshot.first(), null));
        }
    }

    /** Takes it out, because it is requested again or not wanted; null when none is held. */
    TailItem drop() {
        TailItem dropped = snapshot;
        snapshot = null;
        return dropped;
    }

    private void offerAfter(TailMark.Gap gap) {
        queue.offer(snapshot.after(gap));
        snapshot = null;
    }
}
