package io.dockrelay.relay.reads;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.reads.FairSlots;
import io.dockrelay.protocol.bus.reads.FairSlots.Place;
import io.dockrelay.protocol.bus.reads.SharedReads;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;

/**
 * Reads of stored logs, a few per controller at a time, so that a slow controller or a huge log does not delay the others,
 * and the memory for them is bounded. Owned by the relay's verticle; for its context.
 */
public final class LogReads {

    /** A read that has waited for longer is refused when its turn comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The longest time for a page with its wait: as long as one call of a controller may last. */
    private static final Duration PAGE_TIME = Duration.ofSeconds(15);

    private final Bus bus;

    /** By controller; of those with a read. */
    private final Map<String, FairSlots> slots = new HashMap<>();

    private final SharedReads<Page, LogPage> pages = new SharedReads<>();

    private record Page(String controller, ReadLogs request) {}

    public LogReads(Bus bus) {
        this.bus = bus;
    }

    /** Runs a read of any number of pages when it is its turn; it uses {@link #now}. */
    public <V> Future<V> inTurn(String controller, Place place, Supplier<Future<V>> read) {
        FairSlots ofController = slots.computeIfAbsent(
                controller, first -> new FairSlots(PATIENCE, () -> System.nanoTime() / 1_000_000));
        return ofController.run(place, read).onComplete(ended -> {
            if (ofController.isIdle()) {
                boolean unused = slots.remove(controller, ofController);
            }
        });
    }

    /** A page for a read whose turn it is. */
    public Future<LogPage> now(String controller, ReadLogs request) {
        return bus.ask(Addresses.readLogs(controller), request);
    }

    /**
     * One page in its turn. Equal pages that are wanted at the same time are read once.
     *
     * @param reader see {@link Place}
     */
    public Future<LogPage> page(String controller, ReadLogs request, Object reader) {
        var place = new Place(request.container(), reader);
        return pages.read(
                        new Page(controller, request),
                        request.reachesPresent(),
                        () -> inTurn(controller, place, () -> now(controller, request)))
                .timeout(PAGE_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(failure instanceof TimeoutException ? late() : failure));
    }

    private static Refusal late() {
        return new Refusal(
                RefusalKind.TIMED_OUT,
                "The page of the log was not read within " + PAGE_TIME.toSeconds()
                        + " s; other logs of its controller are being read. Try again in a few seconds.");
    }
}
