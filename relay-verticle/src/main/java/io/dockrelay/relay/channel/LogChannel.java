package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.Pace.Readers;

/**
 * One container that somebody watches: one upstream tail, a ring of its newest batches, and the readers. It follows the
 * container from the moment it is opened; every reader fetches its own backlog up to the channel's position and goes on
 * from there.
 *
 * <p>Owned by {@link LogChannels}, on its context. Ends when the last reader has left and nobody came in the linger time,
 * or when the tail is refused.
 */
final class LogChannel implements Upstream.Listener {

    private static final long NO_TIMER = -1;
    private static final long JOIN_AGAIN_MS = 1_000;
    private static final int MOST_FAILED_JOINS = 5;

    private final LogChannels channels;
    private final Scope scope;
    private final String controller;
    private final Upstream upstream;
    private final HeldAnswer answer;
    private final List<Reader> readers = new ArrayList<>();

    /** As it was asked for until the controller has said its own; changes with a rename. */
    private String name;

    /** True once the controller has said its name. */
    private boolean nameKnown;

    /** Null until the first batch has told where the channel begins. */
    private Ring ring;

    private final ChannelState state = new ChannelState();

    private boolean over;
    private long lingerTimer = NO_TIMER;
    private long joinTimer = NO_TIMER;

    LogChannel(LogChannels channels, Scope scope, String controller, String name) {
        this.channels = channels;
        this.scope = scope;
        this.controller = controller;
        this.name = name;
        upstream = new Upstream(scope, controller, this);
        answer = new HeldAnswer(scope, this::howReadersStand);
    }

    String controller() {
        return controller;
    }

    String name() {
        return name;
    }

    Upstream upstream() {
        return upstream;
    }

    /** A new reader; it is started by {@link #joinWaiting}. */
    void enrol(Reader reader) {
        cancelLinger();
        reader.moveTo(this);
        readers.add(reader);
    }

    /** Hands its readers, none of which has got anything yet, to the channel that has the same container. */
    void mergeInto(LogChannel other) {
        List<Reader> moved = List.copyOf(readers);
        readers.clear();
        close();
        moved.forEach(other::enrol);
        other.joinWaiting();
    }

    void drained(Reader reader) {
        if (ring != null) {
            reader.pump(ring);
            answer.look();
        }
    }

    void left(Reader reader) {
        readers.remove(reader);
        answer.look();
        if (readers.isEmpty() && !over && lingerTimer == NO_TIMER) {
            long linger = Math.max(1, scope.limits().linger().toMillis());
            lingerTimer = scope.vertx().setTimer(linger, id -> close());
        }
    }

    /** Closes everything it has opened; no reader hears of it. */
    void close() {
        if (over) {
            return;
        }
        over = true;
        cancelLinger();
        scope.vertx().cancelTimer(joinTimer);
        readers.forEach(Reader::forget);
        readers.clear();
        answer.close();
        upstream.close();
        if (ring != null) {
            ring.close();
        }
        channels.closed(this);
    }

    @Override
    public OpenTail wanted(String subscription) {
        if (ring == null) {
            boolean wait = readers.stream().anyMatch(reader -> reader.request().waiting());
            return new OpenTail(subscription, name, new TailFrom.Lines(0), wait);
        }
        return new OpenTail(
                subscription, name, state.reopenFrom(ring.end(), scope.limits().lines()), true);
    }

    @Override
    public void opened(String canonical) {
        named(canonical, !nameKnown);
        nameKnown = true;
        if (!over) {
            joinWaiting();
        }
    }

    @Override
    public boolean refused(Refusal refusal) {
        if (ring != null) {
            state.positionRefused(refusal.kind() == RefusalKind.BAD_REQUEST);
            return true;
        }
        boolean mayCome = refusal.kind() == RefusalKind.NO_SUCH_CONTAINER;
        for (Reader reader : List.copyOf(readers)) {
            if (!mayCome || !reader.request().waiting()) {
                readers.remove(reader);
                reader.fail(refusal);
            }
        }
        if (readers.isEmpty()) {
            close();
        }
        return !over;
    }

    @Override
    public Future<BatchTaken> batch(LogBatch batch) {
        if (ring == null) {
            ring = new Ring(scope.limits().ringBytes(), scope.budget(), batch.cursor());
            state.begin(batch);
        } else {
            append(state.checked(batch, ring.end()));
        }
        if (!over) {
            joinWaiting();
        }
        return over ? Future.succeededFuture(BatchTaken.CLOSE) : answer.toBatch();
    }

    private void append(LogBatch batch) {
        boolean nothing = batch.marks().isEmpty() && batch.lines().isEmpty();
        if (nothing
                && (batch.cursor() == null || batch.cursor().equals(ring.end().cursor()))) {
            return;
        }
        ring.append(EncodedBatch.of(batch, controller));
        state.passed(batch);
        if (nameKnown) {
            named(batch.container(), false);
        }
        for (Reader reader : List.copyOf(readers)) {
            reader.pump(ring);
        }
    }

    private void named(String canonical, boolean first) {
        if (!canonical.equals(name)) {
            String before = name;
            name = canonical;
            channels.renamed(this, before, first);
        }
    }

    /** Starts those who have not begun, once the channel knows its position and its controller is there. */
    void joinWaiting() {
        if (ring == null || !upstream.isOpen()) {
            return;
        }
        for (Reader reader : List.copyOf(readers)) {
            if (reader.waiting()) {
                join(reader);
            }
        }
    }

    private void join(Reader reader) {
        reader.beginJoin();
        TailMark.State now = state.asOfNow();
        new Joining(this::page, name, ring, state::lastLine, scope.limits())
                .join(reader.request())
                .onComplete(joined -> joined(reader, joined, now), failure -> notJoined(reader, failure));
    }

    private Future<LogPage> page(ReadLogs question) {
        return scope.bus().ask(Addresses.readLogs(controller), question);
    }

    private void joined(Reader reader, Joining.Joined joined, TailMark.State now) {
        if (!reader.over()) {
            reader.join(joined, now);
            reader.pump(ring);
            answer.look();
        }
    }

    private void notJoined(Reader reader, Throwable failure) {
        if (reader.over()) {
            return;
        }
        boolean again = Upstream.passing(failure) && reader.joinAgain() < MOST_FAILED_JOINS;
        if (!again && failure instanceof Refusal refusal) {
            readers.remove(reader);
            reader.fail(refusal);
            left(reader);
        } else if (joinTimer == NO_TIMER) {
            joinTimer = scope.vertx().setTimer(JOIN_AGAIN_MS, id -> {
                joinTimer = NO_TIMER;
                joinWaiting();
            });
        }
    }

    private Readers howReadersStand() {
        boolean joining = false;
        for (Reader reader : readers) {
            if (reader.ready()) {
                return Readers.READY;
            }
            joining |= reader.joining();
        }
        return readers.isEmpty() ? Readers.READY : joining ? Readers.JOINING : Readers.STALLED;
    }

    private void cancelLinger() {
        if (lingerTimer != NO_TIMER) {
            scope.vertx().cancelTimer(lingerTimer);
            lingerTimer = NO_TIMER;
        }
    }
}
