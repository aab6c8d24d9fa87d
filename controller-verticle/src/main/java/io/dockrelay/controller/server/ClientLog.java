package io.dockrelay.controller.server;

import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.listener.OutboundSocket;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.tail.TailReceiver;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;

/**
 * One log that one client follows: the receiver of one tail. A batch is answered when the socket takes more and the client
 * has granted more, so that a slow client holds back its own tails and no others. Owned by its session, on the server's
 * context; ends with {@link #close}, or when its tail breaks.
 */
final class ClientLog implements TailReceiver.Reader {

    private final OutboundSocket out;
    private final SubscribeLogs request;
    private final BatchFrames frames;
    private final TailReceiver tail;
    private final ClientCredit credit = new ClientCredit();

    /** Messages that did not fit; while there are any, the tail sends nothing more. */
    private final Deque<ClientLogMessage> parked = new ArrayDeque<>();

    /** Called when the tail breaks; this log is closed then. */
    private Runnable onBroken = () -> {};

    /** The container's current name; the known one, or the requested one, until the tail has given its own. */
    private String name;

    private boolean closed;

    /**
     * @param controller id of this controller
     * @param name the container's known name, or else the requested one
     * @param frames makes its messages
     */
    ClientLog(
            Vertx vertx,
            Bus bus,
            String controller,
            OutboundSocket out,
            SubscribeLogs request,
            String name,
            BatchFrames frames) {
        this.out = out;
        this.request = request;
        this.name = name;
        this.frames = frames;
        tail = new TailReceiver(vertx, bus, controller, this);
    }

    /** Null when the client gave none. */
    String sub() {
        return request.sub();
    }

    String name() {
        return name;
    }

    /** The name, full name or id in the client's request, perhaps out of date. */
    String requested() {
        return request.container();
    }

    /**
     * Opens the tail.
     *
     * @param maxLines the most lines of a snapshot
     * @param whenBroken called at most once, after a batch was lost
     * @return fails with a Refusal; the log is closed then
     */
    Future<Void> open(int maxLines, Runnable whenBroken) {
        onBroken = whenBroken;
        TailFrom from = request.after() == null
                ? new TailFrom.Lines(Math.min(request.lines(), maxLines))
                : new TailFrom.After(request.after());
        return tail.open(() -> new OpenTail(tail.subscription(), request.container(), from, request.waiting()))
                .onSuccess(opened -> name = closed ? name : opened.name())
                .onFailure(refused -> close())
                .mapEmpty();
    }

    /** The socket takes more. */
    void drained() {
        if (!closed && flush()) {
            tail.ready();
        }
    }

    /** The client takes these bytes more of this log. */
    void granted(int bytes) {
        credit.grant(bytes);
        drained();
    }

    boolean isClosed() {
        return closed;
    }

    /** Completes when this log was closed and its tail costs nothing more. */
    Future<Void> ended() {
        return tail.ended();
    }

    /** The client receives nothing more of this log. */
    void close() {
        closed = true;
        parked.clear();
        tail.close();
    }

    @Override
    public void batch(LogBatch batch) {
        name = batch.container();
        for (TailMark mark : batch.marks()) {
            if (mark instanceof TailMark.State state && state.state() == LogStateKind.RENAMED) {
                name = state.name();
            }
        }
        parked.addAll(frames.of(batch, credit.isLow()));
    }

    @Override
    public BatchTaken answer() {
        return flush() ? BatchTaken.CONTINUE : null;
    }

    @Override
    public void broken() {
        close();
        onBroken.run();
    }

    /** Sends what was parked; returns whether all of it was sent, and the socket and the client take more. */
    private boolean flush() {
        while (!parked.isEmpty()
                && credit.admits(parked.peek().credit())
                && parked.peek().offerTo(out)) {
            credit.used(parked.remove().credit());
        }
        return parked.isEmpty() && out.ready() && credit.any();
    }
}
