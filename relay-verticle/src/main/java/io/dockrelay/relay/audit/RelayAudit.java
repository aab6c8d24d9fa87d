package io.dockrelay.relay.audit;

import java.time.Clock;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.fleet.FleetUpdate;
import io.dockrelay.settings.RecordSettings;

/**
 * The record of one relay. Owned by the relay's verticle, on its context, from {@link #start} to {@link #close}; without a
 * folder in the settings it records nothing.
 */
public final class RelayAudit {

    private static final Logger log = LoggerFactory.getLogger(RelayAudit.class);

    /** Null when nothing is recorded. */
    private final RecordQueue queue;

    private final Clock clock;
    private final Optional<RecordFolder> folder;
    private final ControlAudit controls;
    private final RefusalAudit refusals;

    public RelayAudit(Vertx vertx, RecordSettings settings, Clock clock) {
        RecordDisk disk = settings.folder().isPresent() ? new RecordDisk(settings, clock) : null;
        this.queue = disk == null ? null : new RecordQueue(vertx, disk, clock, RecordQueue.WRITES_WITHIN);
        this.clock = clock;
        this.folder = Optional.ofNullable(disk).map(RecordDisk::places);
        this.refusals = new RefusalAudit(vertx, entries(), clock);
        this.controls = new ControlAudit(vertx, entries(), refusals, clock);
    }

    /** Succeeds also when the record cannot be written. */
    public Future<Void> start() {
        if (queue == null) {
            log.info("actions are not recorded; the setting recordFolder names a folder for a record");
            return Future.succeededFuture();
        }
        log.info("actions are recorded in {}", folder.orElseThrow().files());
        return queue.start();
    }

    /** After this nothing is recorded. */
    public Future<Void> close() {
        controls.close();
        refusals.close();
        return queue == null ? Future.succeededFuture() : queue.close();
    }

    /** The way into the record. */
    public Audit entries() {
        return queue == null ? Audit.OFF : queue;
    }

    public ControlAudit controls() {
        return controls;
    }

    public RefusalAudit refusals() {
        return refusals;
    }

    /** Where the record is; empty when nothing is recorded. */
    public Optional<RecordFolder> folder() {
        return folder;
    }

    /** Why the record cannot be written; empty when it can, or nothing is recorded. */
    public Optional<String> problem() {
        return queue == null ? Optional.empty() : queue.problem();
    }

    /**
     * Something has happened that is neither an action on a container nor a refusal: a sign-in, a sign-out, a change of a user,
     * a token or rights. It is never stopped by a record that cannot be written.
     *
     * @param what a word of {@link io.dockrelay.record.RecordedAction}
     * @param target the host or container; null when it is about none
     * @param detail a sentence, without secrets; null when there is nothing to say
     */
    public void happened(Actor actor, String what, RecordedContainer target, String detail) {
        entries()
                .note(RecordEntry.of(clock.instant(), what, RecordOutcome.DONE)
                        .by(actor.name(), actor.address())
                        .on(target)
                        .because(detail));
    }

    /** The same about a host. */
    public void happenedAt(String host, Actor actor, String what, String detail) {
        happened(actor, what, new RecordedContainer(host, null, null), detail);
    }

    /** The fleet has changed. */
    public void fleetUpdated(FleetUpdate update) {
        controls.changed(update.changes());
    }

    /** An action has progressed. */
    public void actionProgressed(ServerMessage.Action message) {
        controls.progressed(message);
    }
}
