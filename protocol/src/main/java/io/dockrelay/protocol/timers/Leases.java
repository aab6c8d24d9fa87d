package io.dockrelay.protocol.timers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients have opened, by id. A value that is not used for the time of its lease is closed. Owned by one object, used on
 * one Vert.x context; the owner calls {@link #endAll} when it ends.
 *
 * @param <T> what is open
 */
public final class Leases<T> {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final Vertx vertx;
    private final String what;
    private final Duration time;
    private final Consumer<T> closing;
    private final Map<String, Lease<T>> open = new HashMap<>();

    private static final class Lease<T> {

        private final Timeout timeout;

        /** Null while the id is reserved only. */
        private T value;

        Lease(Vertx vertx) {
            timeout = new Timeout(vertx);
        }
    }

    /**
     * @param what is open, for the log
     * @param time without a use after which a value is closed
     * @param closing closes a value; called once for each
     */
    public Leases(Vertx vertx, String what, Duration time, Consumer<T> closing) {
        this.vertx = vertx;
        this.what = what;
        this.time = time;
        this.closing = closing;
    }

    /** Values and reservations. */
    public int size() {
        return open.size();
    }

    /** Whether there is a value or a reservation with this id. */
    public boolean contains(String id) {
        return open.containsKey(id);
    }

    /** Counts an id as open while its value is made. It has no lease: the caller gives it a value, or ends it. */
    public void reserve(String id) {
        open.put(id, new Lease<>(vertx));
    }

    /** Opens a value, or gives a reservation its value; the lease begins. */
    public void put(String id, T value) {
        Lease<T> lease = open.computeIfAbsent(id, first -> new Lease<>(vertx));
        lease.value = value;
        renew(id, lease);
    }

    /** The value with this id, whose lease begins again; null when there is none, or it is not there yet. */
    public T use(String id) {
        Lease<T> lease = open.get(id);
        if (lease == null || lease.value == null) {
            return null;
        }
        renew(id, lease);
        return lease.value;
    }

    /** Removes an id, and closes its value; does nothing when there is none. */
    public void end(String id) {
        Lease<T> lease = open.remove(id);
        if (lease != null) {
            lease.timeout.cancel();
            if (lease.value != null) {
                closing.accept(lease.value);
            }
        }
    }

    public void endAll() {
        List.copyOf(open.keySet()).forEach(this::end);
    }

    private void renew(String id, Lease<T> lease) {
        lease.timeout.start(time, () -> {
            log.debug("the lease of {} {} has ended: it was not used", what, id);
            end(id);
        });
    }
}
