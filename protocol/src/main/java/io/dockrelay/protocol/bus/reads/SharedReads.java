package io.dockrelay.protocol.bus.reads;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Makes equal reads that are wanted at the same time one read. All callers get the same result, so it is immutable. A read
 * that shows the present is not shared with a caller that comes after it has begun; those callers share the next one, which
 * begins when the first has ended. Owned by one object; for one thread.
 *
 * @param <K> what is read; equal keys are equal reads
 * @param <V> the result
 */
public final class SharedReads<K, V> {

    private final Map<K, Flight<V>> flights = new HashMap<>();

    /** A read that has begun, and the one after it. */
    private static final class Flight<V> {

        private final Promise<V> done = Promise.promise();
        private final Promise<V> next = Promise.promise();

        /** Null while no caller needs a read after this one. */
        private Supplier<Future<V>> nextRead;
    }

    /**
     * The result of a read that is under way, or of another one.
     *
     * @param present whether the result shows the present, and so has to be read after this call
     * @param read starts the read; not called when it is shared
     */
    public Future<V> read(K key, boolean present, Supplier<Future<V>> read) {
        Flight<V> flight = flights.get(key);
        if (flight == null) {
            return start(key, read);
        }
        if (!present) {
            return flight.done.future();
        }
        flight.nextRead = flight.nextRead == null ? read : flight.nextRead;
        return flight.next.future();
    }

    private Future<V> start(K key, Supplier<Future<V>> read) {
        var flight = new Flight<V>();
        flights.put(key, flight);
        // By compose, so that an exception of the supplier is a failure, and the key is freed.
        Future.succeededFuture().compose(begin -> read.get()).onComplete(outcome -> {
            boolean wasThere = flights.remove(key, flight);
            if (wasThere && flight.nextRead != null) {
                start(key, flight.nextRead).onComplete(result -> flight.next.handle(result));
            }
            flight.done.handle(outcome);
        });
        return flight.done.future();
    }
}
