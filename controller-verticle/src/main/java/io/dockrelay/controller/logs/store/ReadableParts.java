package io.dockrelay.controller.logs.store;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;

/**
 * Finds the next readable part of a log that is damaged in several places, for an engine that ends each read at the next
 * damage. Stateless; on the caller's context.
 *
 * @param clean the largest tail that begins after the last damage; 0 when there is none
 */
record ReadableParts(DamageCheck check, int clean) {

    /**
     * A tail that begins after the damage at which a part ends, and before other damage.
     *
     * @return 0 when no damage follows that one, or nothing
     */
    Future<Integer> after(Scanned part) {
        EntryPosition last = part.scan().trace().last();
        return last.known()
                ? new EntrySearch(this::first, last).depth().compose(depth -> readable(depth - 2, 1))
                : Future.succeededFuture(0);
    }

    /** Damage may take several entries. */
    private Future<Integer> readable(int entries, int step) {
        return entries <= clean
                ? Future.succeededFuture(0)
                : EntrySearch.first(this::first, entries)
                        .compose(first ->
                                first == null ? readable(entries - step, step * 2) : Future.succeededFuture(entries));
    }

    private Future<EntryPosition> first(int entries) {
        return check.store().first(check.tail(entries), check.bounds());
    }
}
