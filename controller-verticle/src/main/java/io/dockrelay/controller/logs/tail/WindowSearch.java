package io.dockrelay.controller.logs.tail;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.Scanned;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.protocol.logs.GapReason;

/**
 * Chooses how many of the store's newest entries a stream starts with, so that the entry at the cursor is among them. A
 * first guess is cheap; after a miss, a read of the store finds the entry. For one {@link FollowStream}.
 */
final class WindowSearch {

    /** Entries beyond the guess. */
    private static final int FIRST_MARGIN = 64;

    /** Entries that may be written between a read of the store and the stream that starts there. */
    private static final int MARGIN = 4096;

    private static final int MAX_SEARCHES = 6;

    /** Searches beside damage without the entry: each may take a hundred reads. */
    private static final int MAX_MISSES = 3;

    /** Where to look for the entry next. */
    sealed interface Result {}

    /** The store does not have the entry any more, or the way from its end does not lead there. */
    record Lost(GapReason reason) implements Result {}

    /** The engine cannot read what follows the entry. */
    record Blocked() implements Result {}

    /**
     * What the engine is asked for.
     *
     * @param entries the newest of the store
     * @param knownIndex index of the cursor's entry in the whole store, or after damage in it; -1 when it is unknown
     * @param stored how many entries after the cursor are certain to be in the store already
     * @param byTime whether entries are in the order of their times, as far as known, so that one that is clearly newer than
     *     the cursor's is after it
     */
    record Window(int entries, long knownIndex, long stored, boolean byTime) implements Result {}

    private final StoreReader store;
    private final StreamStart start;
    private int searches;

    private int misses;

    /** Windows after the first one. */
    private int windows;

    /** Whether the last window begins well before the entry. */
    private boolean wide;

    /** Whether a wide window had an entry that is clearly newer before this one: a clock was set back. */
    private boolean outOfOrder;

    /** Whether a stream that begins before the entry may begin before damage too, at which it would end. */
    private boolean besideDamage;

    /** What the last search found; null before the first. */
    private Scanned located;

    WindowSearch(StoreReader store, StreamStart start) {
        this.store = store;
        this.start = start;
    }

    Window first() {
        return new Window(
                atMostInt(start.reach().window() + FIRST_MARGIN),
                -1,
                start.reach().stored(),
                true);
    }

    /**
     * Looks the entry up in the store, after a window without it.
     *
     * @param unreadable whether the engine could not read that window: it may have begun before damage
     * @param passedTime whether an entry that is clearly newer came before this one
     */
    Future<Result> next(boolean unreadable, boolean passedTime) {
        besideDamage |= unreadable;
        outOfOrder |= wide && passedTime;
        return search();
    }

    private Future<Result> search() {
        if (++searches > MAX_SEARCHES) {
            return Future.succeededFuture(new Lost(Continuation.reason(located)));
        }
        PageQuery query = PageQuery.locate(start.cursor());
        return store.scan(start.container().id(), start.container().terminal(), query)
                .compose(found -> {
                    located = found;
                    // Beside damage, an entry may be hidden while the log grows.
                    boolean hidden =
                            found.scan().missedCursor() && found.damage() != Damage.NONE && ++misses < MAX_MISSES;
                    return hidden ? search() : Future.succeededFuture(around());
                });
    }

    private Result around() {
        long index = located.scan().anchorIndex();
        if (index < 0) {
            return new Lost(Continuation.reason(located));
        }
        if (located.damage() == Damage.AFTER && located.isReported()) {
            return new Blocked();
        }
        windows++;
        // Without a margin a log that grows fast may have moved on, with one the stream may begin before damage: beside
        // that in turn, and once where none is known.
        boolean damage = besideDamage || located.afterDamage();
        boolean exact = damage ? windows % 2 == 1 : windows == 2;
        wide = !exact;
        int margin = exact ? 0 : MARGIN;
        int entries = atMostInt(located.scan().entries() + margin);
        // What precedes the first entry after damage cannot be read.
        long knownIndex = located.wholeStore() || (exact && located.afterDamage()) ? index : -1;
        // An exact window has all its entries at once, but a wide one beside damage may wait for new ones.
        boolean byTime = !outOfOrder || (damage && wide);
        return new Window(entries, knownIndex, located.scan().entriesAfterAnchor(), byTime);
    }

    private static int atMostInt(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
