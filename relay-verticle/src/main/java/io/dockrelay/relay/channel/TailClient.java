package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.tail.TailReceiver;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.timers.RetryTimer;

/**
 * Keeps one tail open for a channel: after the tail is lost with its controller, or broken, another one is opened, with a
 * backoff or as soon as the controller is back. Owned by its {@link LogChannel}, on the channel's context; ends with
 * {@link #close}.
 */
final class TailClient implements TailReceiver.Reader {

    /** Refusals that say nothing about the container: the tail stays wanted, and the request is repeated. */
    private static final Set<RefusalKind> PASSING = EnumSet.of(
            RefusalKind.CONTROLLER_UNAVAILABLE,
            RefusalKind.ENGINE_UNAVAILABLE,
            RefusalKind.TIMED_OUT,
            RefusalKind.BUSY,
            RefusalKind.INTERNAL);

    /** The channel's side. */
    interface Listener {

        /** The tail to request now. */
        OpenTail wanted(String subscription);

        void opened(String name);

        /** The engine does not answer; the request is repeated. */
        void awaits(String why);

        /**
         * The tail is refused, for a reason that does not pass by itself.
         *
         * @return whether to request it again
         */
        boolean refused(Refusal refusal);

        void batch(LogBatch batch);

        /** The answer to the last batch; null to hold it. */
        BatchTaken answer();

        /** How long to hold the answer now. */
        Duration hold();
    }

    private final ChannelContext context;
    private final Listener listener;
    private final RetryTimer retry;

    /** Changes when the controller gets another id. */
    private String controller;

    /** Null while no tail is open or being opened. */
    private TailReceiver receiver;

    /** True once the controller has confirmed that the tail of {@link #receiver} is open. */
    private boolean open;

    private boolean closed;
    private long openedAt;

    TailClient(ChannelContext context, String controller, Listener listener) {
        this.context = context;
        this.controller = controller;
        this.listener = listener;
        this.retry = new RetryTimer(context.vertx(), context.random());
    }

    /** Whether another attempt may succeed. A failure that is not a refusal is a bug, which may pass too. */
    static boolean passing(Throwable failure) {
        return !(failure instanceof Refusal refusal) || PASSING.contains(refusal.kind());
    }

    /** Whether it failed because the controller or its engine is away. */
    static boolean outage(Throwable failure) {
        return failure instanceof Refusal refusal
                && refusal.kind() != RefusalKind.INTERNAL
                && PASSING.contains(refusal.kind());
    }

    /** Whether the controller is there and waits for its engine, which subscribers should know. */
    static boolean engineIsSilent(Throwable failure) {
        return failure instanceof Refusal refusal
                && switch (refusal.kind()) {
                    case ENGINE_UNAVAILABLE, TIMED_OUT, BUSY -> true;
                    default -> false;
                };
    }

    boolean isOpen() {
        return open;
    }

    /** Opens the tail; does nothing while there is one, because {@link #back} may have opened it first. */
    void open() {
        if (closed || receiver != null) {
            return;
        }
        var opening = new TailReceiver(context.vertx(), context.bus(), controller, this);
        receiver = opening;
        opening.open(() -> listener.wanted(opening.subscription()))
                .onComplete(opened -> opened(opening, opened), failure -> refused(opening, failure));
    }

    /** The controller is away, and the tail with it. It stays wanted. */
    void lost() {
        if (closed || receiver == null) {
            return;
        }
        if (open) {
            retry.connectionLasted(Duration.ofMillis(context.clock().getAsLong() - openedAt));
        }
        end();
        retry.later(this::back);
    }

    /** The controller has another id, and the tail is lost. It stays wanted. */
    void moveTo(String successor) {
        controller = successor;
        lost();
    }

    /** The controller is there again. */
    void back() {
        if (!closed && receiver == null) {
            retry.cancel();
            open();
        }
    }

    /** The channel takes more. */
    void ready() {
        if (receiver != null) {
            receiver.ready();
        }
    }

    /** Ends the tail for good. */
    void close() {
        closed = true;
        retry.cancel();
        end();
    }

    @Override
    public void batch(LogBatch batch) {
        listener.batch(batch);
    }

    @Override
    public BatchTaken answer() {
        return listener.answer();
    }

    @Override
    public Duration hold() {
        return listener.hold();
    }

    /** The lines after the last cursor are read again, by another tail. */
    @Override
    public void broken() {
        lost();
    }

    private void opened(TailReceiver opening, TailOpened opened) {
        if (opening == receiver) {
            open = true;
            openedAt = context.clock().getAsLong();
            listener.opened(opened.name());
        }
    }

    private void refused(TailReceiver opening, Throwable failure) {
        if (opening != receiver) {
            return;
        }
        end();
        if (engineIsSilent(failure)) {
            listener.awaits(failure.getMessage());
        }
        boolean again = passing(failure) || listener.refused((Refusal) failure);
        if (again && !closed) {
            retry.later(this::back);
        }
    }

    private void end() {
        if (receiver != null) {
            TailReceiver ended = receiver;
            receiver = null;
            open = false;
            ended.close();
        }
    }
}
