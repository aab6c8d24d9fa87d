package io.dockrelay.relay.hosts;

import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/** Makes changes of hosts one at a time, in the order of the requests. Owned by {@link Hosts}, on its context. */
final class Turns {

    /** Changes that wait; beyond it they are refused. */
    private static final int MOST_WAITING = 50;

    /** Completes when the last change has been made. */
    private Future<?> last = Future.succeededFuture();

    private int waiting;

    /** @return the change's result; fails with a {@link Refusal} if too many wait */
    <T> Future<T> next(Supplier<Future<T>> change) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(
                    new Refusal(RefusalKind.BUSY, "Too many changes of hosts wait; try again in a minute."));
        }
        waiting++;
        Future<T> done = last.transform(before -> change.get()).onComplete(either -> waiting--);
        last = done;
        return done;
    }
}
