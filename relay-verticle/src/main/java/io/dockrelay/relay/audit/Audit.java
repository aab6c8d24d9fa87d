package io.dockrelay.relay.audit;

import io.vertx.core.Future;

import io.dockrelay.record.RecordEntry;

/** The way into the record. On the relay's context. */
public interface Audit {

    /** Records nothing, and refuses nothing. */
    Audit OFF = new Audit() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public Future<Long> append(RecordEntry entry) {
            return Future.succeededFuture();
        }

        @Override
        public void note(RecordEntry entry) {}
    };

    /** Whether anything is recorded. */
    boolean isOn();

    /**
     * Records what is going to be done.
     *
     * @return the entry's sequence when it is on disk, or null when nothing is recorded; fails with a
     *     {@link io.dockrelay.protocol.bus.Refusal} when it cannot be: then it must not be done
     */
    Future<Long> append(RecordEntry entry);

    /** Records what has happened. While the record cannot be written, the entry waits. */
    void note(RecordEntry entry);
}
