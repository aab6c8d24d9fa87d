package io.dockrelay.controller.logs.store;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.docker.LogQuery;

/**
 * How many of the store's newest entries begin with the last one that a read has, while the log may grow or rotate. For one
 * {@link LostEntries}, on its context.
 */
final class LostPlace {

    private static final int MAX_SEARCHES = 6;

    /** Requests in a row that began after the entry, before it is searched. */
    private static final int MAX_MISSES = 12;

    /** The most requests in a row that may have lost the entry; after them it counts as not in their range. */
    private static final int MAX_LOSSES = 8;

    /** Two streams are out of order by some entries. */
    private static final int MARGIN = 8;

    /**
     * What a request has shown.
     *
     * @param received entries
     * @param at index of the entry in them; -1 when they do not have it
     * @param reported whether entries may be lost
     */
    record Answer(int received, int at, boolean reported) {}

    private final EntrySearch.Tails tails;

    /** The tail that began with the entry when that was last seen; 0 when it is not known. */
    private int begin;

    /** Requests since then, with the current one. */
    private int age;

    /** Entries by which the log grows from one request to the next. */
    private int growth;

    /** Whether the last request began where it should. */
    private boolean sure;

    /** Whether the place was found by a search, and no request has had the entry since. */
    private boolean found;

    private int misses;
    private int losses;
    private int searches;

    LostPlace(EntrySearch.Tails tails) {
        this.tails = tails;
    }

    /**
     * The tail that begins with an entry, or a little before it.
     *
     * @param last the last one that has arrived
     * @param query the request after which it is the last
     * @param answer to that; its entry is the last one before
     * @return 0 when it is not found
     */
    Future<Integer> of(EntryPosition last, LogQuery query, Answer answer) {
        if (query.tail() == null) {
            return search(last);
        }
        int margin = growth * age;
        boolean mayBeLost = answer.reported && (answer.received == 0 || margin > 0);
        if (answer.at >= 0 && answer.received > 0) {
            // A tail that begins further before the entry than it should is larger than the store.
            sure = begin > 0 && answer.at <= margin;
            boolean known = sure || found || begin == 0;
            growth = age == 0 ? 0 : Math.ceilDiv(Math.max(0, margin - answer.at), age);
            seen(known ? query.tail() - answer.received + 1 : 0, false);
        } else if (mayBeLost) {
            losses++;
            begin = sure || found || losses < MAX_LOSSES ? begin : 0;
        } else {
            misses++;
            sure = false;
            growth = growth * 2 + 1;
        }
        age++;
        return begin == 0 || misses >= MAX_MISSES ? search(last) : Future.succeededFuture(begin + growth * age);
    }

    /** Whether requests begin where they should, as far as known. */
    boolean isSure() {
        return sure && losses < MAX_LOSSES;
    }

    private Future<Integer> search(EntryPosition last) {
        if (searches++ >= MAX_SEARCHES) {
            return Future.succeededFuture(0);
        }
        return new EntrySearch(tails, last).depth().map(depth -> {
            sure = false;
            growth = 0;
            seen(depth == 0 ? 0 : depth + MARGIN, true);
            age = 1;
            return begin;
        });
    }

    private void seen(int tail, boolean bySearch) {
        begin = tail;
        found = bySearch;
        age = 0;
        misses = 0;
        losses = 0;
    }
}
