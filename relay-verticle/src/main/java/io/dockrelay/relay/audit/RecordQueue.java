package io.dockrelay.relay.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordedAction;

/**
 * Writes the record: entries wait here, in their order, for one worker, which puts many on disk at once. While the record cannot
 * be written, what was going to be done is refused, and what has happened waits; a later attempt may succeed.
 *
 * <p>Owned by {@link RelayAudit}, on the relay's context, from {@link #start} to {@link #close}.
 */
final class RecordQueue implements Audit {

    /** Entries that wait. */
    static final int MOST_WAITING = 1000;

    private static final int MOST_AT_ONCE = 256;

    /** A disk that does not answer for longer delays neither an answer nor the start of the relay. */
    static final Duration WRITES_WITHIN = Duration.ofSeconds(10);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** A disk that does not answer must not delay the end of the relay for longer. */
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(RecordQueue.class);

    /** @param written null for what has happened: it waits until it can be written */
    private record Waiting(RecordEntry entry, Promise<Long> written) {}

    private final RecordDisk disk;
    private final Clock clock;
    private final Duration writesWithin;
    private final WorkerExecutor worker;
    private final Timeout retry;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** True while the worker has a batch. */
    private boolean writing;

    /** The last batch. */
    private Future<Void> current = Future.succeededFuture();

    /** Entries that were dropped because too many waited. */
    private long lost;

    /** Why the last attempt failed; null when it did not. */
    private String problem;

    private boolean closed;

    /** @param writesWithin after which an append fails */
    RecordQueue(Vertx vertx, RecordDisk disk, Clock clock, Duration writesWithin) {
        this.disk = disk;
        this.clock = clock;
        this.writesWithin = writesWithin;
        this.worker = vertx.createSharedWorkerExecutor("dockrelay-record", 1);
        this.retry = new Timeout(vertx);
    }

    /** Opens the record; a failure is only logged, because all else goes on without it. */
    Future<Void> start() {
        return (writing ? current : write(List.of()))
                .onSuccess(opened -> next())
                .timeout(writesWithin.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(this::opensLate)
                .otherwiseEmpty();
    }

    /** Why the record cannot be written; empty when it can. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public Future<Long> append(RecordEntry entry) {
        if (waiting.size() >= MOST_WAITING) {
            return Future.failedFuture(
                    refusal("too many entries wait for the record in " + disk.folder() + "; try again"));
        }
        Promise<Long> written = Promise.promise();
        waiting.add(new Waiting(entry, written));
        next();
        return written.future()
                .timeout(writesWithin.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> {
                    // So that it is not written later, unless the worker has it already.
                    if (written.tryFail(refusal(late()))) {
                        waiting.removeIf(one -> written.equals(one.written()));
                    }
                    return Future.failedFuture(cause instanceof TimeoutException ? refusal(late()) : cause);
                });
    }

    @Override
    public void note(RecordEntry entry) {
        if (waiting.size() >= MOST_WAITING) {
            lost++;
            return;
        }
        waiting.add(new Waiting(entry, null));
        next();
    }

    /** Writes what waits, as far as it can be written in time. */
    Future<Void> close() {
        closed = true;
        retry.cancel();
        return current.transform(written -> drained())
                .timeout(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .transform(written -> worker.<Void>executeBlocking(disk::close)
                        .timeout(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                .transform(closed -> worker.close());
    }

    private void next() {
        if (!closed && !writing && !waiting.isEmpty()) {
            write(take()).onComplete(over -> next(), failed -> {});
        }
    }

    private Future<Void> drained() {
        return waiting.isEmpty() && lost == 0
                ? Future.succeededFuture()
                : write(take()).compose(written -> drained());
    }

    private List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        if (lost > 0) {
            batch.add(new Waiting(
                    RecordEntry.of(clock.instant(), RecordedAction.LOST, RecordOutcome.FAILED)
                            .because("too many entries waited while the record could not be written")
                            .times(lost),
                    null));
        }
        while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private Future<Void> write(List<Waiting> batch) {
        writing = true;
        retry.cancel();
        List<RecordEntry> entries = batch.stream().map(Waiting::entry).toList();
        current = worker.executeBlocking(() -> disk.append(entries))
                .onComplete(over -> writing = false)
                .onSuccess(sequences -> written(batch, sequences))
                .onFailure(cause -> failed(batch, cause))
                .mapEmpty();
        return current;
    }

    private void written(List<Waiting> batch, List<Long> sequences) {
        if (problem != null) {
            problem = null;
            log.info("the record in {} can be written again", disk.folder());
        }
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).written() != null) {
                batch.get(i).written().tryComplete(sequences.get(i));
            } else if (batch.get(i).entry().what().equals(RecordedAction.LOST)) {
                lost -= batch.get(i).entry().count();
            }
        }
    }

    private void failed(List<Waiting> batch, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (!reason.equals(problem)) {
            log.warn("the record cannot be written, so no container is controlled: {}", reason);
        }
        problem = reason;
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
        }
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        for (Waiting entry : all) {
            if (entry.written() != null) {
                entry.written().tryFail(refusal("the record cannot be written: " + reason));
            } else if (!entry.entry().what().equals(RecordedAction.LOST)) {
                waiting.add(entry);
            }
        }
        if (!closed) {
            retry.start(TRY_AGAIN, this::tryAgain);
        }
    }

    private void tryAgain() {
        write(take()).onComplete(over -> next(), again -> {});
    }

    private void opensLate(Throwable cause) {
        if (cause instanceof TimeoutException) {
            problem = late();
            log.warn("the record cannot be written, so no container is controlled: {}", problem);
        }
    }

    private String late() {
        return "the disk of the record in " + disk.folder() + " did not answer within " + writesWithin.toSeconds()
                + " s";
    }

    private static Refusal refusal(String reason) {
        return new Refusal(
                RefusalKind.NOT_RECORDED,
                reason + ". Nothing is done that is not recorded: see docs/operations.md, \"The record\"");
    }
}
