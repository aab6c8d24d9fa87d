package io.dockrelay.controller.logs.store;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;

/**
 * Finds how many of the store's newest entries begin with a certain one, by the first entries of tails: they grow until one
 * reaches back to it, and then the place is searched by halves. The engine only counts the line ends of a tail. For one
 * search, on the caller's context.
 */
final class EntrySearch {

    private static final int FIRST = 64;
    private static final int FACTOR = 8;
    private static final int MAX_TAIL = 1 << 26;

    /** The engine may lose the first entry of a tail that begins before damage. */
    private static final int TRIES = 4;

    /** The first entries of tails. */
    @FunctionalInterface
    interface Tails {

        /** The first of this many of the store's newest entries; null when the engine did not give it. */
        Future<EntryPosition> first(int entries);
    }

    private final Tails tails;
    private final EntryPosition wanted;

    /** @param wanted the first one of equal entries */
    EntrySearch(Tails tails, EntryPosition wanted) {
        this.tails = tails;
        this.wanted = wanted;
    }

    /** The smallest tail that begins with the entry, or near it where times are out of order; 0 when there is none. */
    Future<Integer> depth() {
        return grow(FIRST, 0, null);
    }

    /**
     * @param newer a tail that begins after the entry
     * @param before the first entry of that, or of a smaller one; null when none was given
     */
    private Future<Integer> grow(int entries, int newer, EntryPosition before) {
        return first(tails, entries).compose(first -> {
            if (reaches(first)) {
                return halve(newer, entries);
            }
            if (first != null && before != null && first.is(before)) {
                // The store's first entry, which is newer than the next ones.
                return new EntrySearch(tails, first).halve(0, entries);
            }
            return entries >= MAX_TAIL
                    ? Future.succeededFuture(0)
                    : grow(Math.min(MAX_TAIL, entries * FACTOR), entries, first == null ? before : first);
        });
    }

    private Future<Integer> halve(int newer, int reaching) {
        int middle = (newer + reaching) >>> 1;
        if (middle == newer) {
            return Future.succeededFuture(reaching);
        }
        return first(tails, middle).compose(first -> reaches(first) ? halve(newer, middle) : halve(middle, reaching));
    }

    /** Whether a tail begins with the entry or before it. One without a first entry begins at the damage, and so after it. */
    private boolean reaches(EntryPosition first) {
        return first != null && !wanted.isOlderThan(first);
    }

    /** The first entry of a tail that may begin before damage; null when there is none. */
    static Future<EntryPosition> first(Tails tails, int entries) {
        return first(tails, entries, TRIES);
    }

    private static Future<EntryPosition> first(Tails tails, int entries, int tries) {
        return tails.first(entries)
                .compose(first ->
                        first == null && tries > 1 ? first(tails, entries, tries - 1) : Future.succeededFuture(first));
    }
}
