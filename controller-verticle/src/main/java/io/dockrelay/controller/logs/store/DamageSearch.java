package io.dockrelay.controller.logs.store;

import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;

/**
 * Reads a page beside damage in the store: from the largest tail that begins after the damage, or up to the damage. Tails
 * grow until one has fewer entries than it should, and then the border is searched by halves. Made for one page, on the
 * caller's context.
 */
final class DamageSearch {

    private static final int FIRST = 64;

    /** Doubles and halves. */
    private static final int MAX_READS = 28;

    private final DamageCheck check;
    private final PageQuery query;

    /** A range that begins before the damage. */
    private final LogQuery across;

    private int reads;

    /** Entries of the largest tail that begins after the damage, as far as known; 0 when there is none. */
    private int clean;

    /** Its first entry; null when there is none. */
    private EntryPosition border;

    /** The smallest tail that does not, and how many entries the engine gave of it; 0 when none is known. */
    private int broken;

    private long brokenHas;

    DamageSearch(DamageCheck check, PageQuery query, LogQuery across) {
        this.check = check;
        this.query = query;
        this.across = across;
    }

    /** The page, with the side on which lines are missing. */
    Future<Scanned> page() {
        return search(FIRST)
                .compose(found -> {
                    if (clean > 0 && brokenHas >= clean) {
                        return check.read(query, broken); // The store begins there; the log has grown during the reads.
                    }
                    return query.before() > 0 ? before() : after();
                })
                .compose(found -> clean == 0 && found.isUnreadable()
                        ? Future.failedFuture(new DockerEngineException(Kind.SERVER_ERROR, found.report()))
                        : Future.succeededFuture(found));
    }

    private Future<Void> search(int tail) {
        reads++;
        return check.attempt(PageQuery.newest(1), tail).compose(found -> {
            took(tail, found);
            int next = broken == 0 ? clean * 2 : (clean + broken) / 2;
            boolean ended = next == clean || reads >= MAX_READS;
            return ended ? Future.succeededFuture() : search(next);
        });
    }

    private void took(int tail, Scanned found) {
        long entries = found.byEngine() ? found.scan().entries() : 0;
        if (entries >= tail) {
            clean = tail;
            border = found.scan().trace().first();
        } else {
            broken = tail;
            brokenHas = entries;
        }
    }

    /** A page of lines before its anchor, or of the newest: of those after the damage, or else of those up to it. */
    private Future<Scanned> before() {
        return clean == 0
                ? upToDamage()
                : check.read(query, clean).compose(found -> {
                    if (found.scan().reachedFarEnough()) {
                        return Future.succeededFuture(found);
                    }
                    // What precedes the first line cannot be read, so the line is kept even if it may lack its
                    // beginning.
                    return found.scan().linesReached() ? beside(found, Damage.BEFORE) : upToDamage();
                });
    }

    private Future<Scanned> upToDamage() {
        return read(query, across).compose(found -> {
            if (found.scan().trace().passedAnchor()) {
                return beside(found, Damage.NONE); // The damage is after the anchor.
            }
            if (found.report() != null) {
                return lastBefore(found);
            }
            return query.cursor() == null
                    ? beside(found, Damage.AFTER)
                    : read(query.byTime(), across).compose(byTime -> beside(byTime, Damage.AFTER));
        });
    }

    /** @param part it ends at damage before the anchor, which may not be the last one before it */
    private Future<Scanned> lastBefore(Scanned part) {
        return part(part, query, next -> {
            if (next == null) {
                return beside(part, Damage.AFTER);
            }
            if (!next.scan().trace().passedAnchor()) {
                // Without a report it ends with the log: the anchor is missing, and the lines may be after it.
                return next.report() != null && goesOn(part, next) ? lastBefore(next) : beside(part, Damage.AFTER);
            }
            return next.scan().linesReached() ? beside(next, Damage.BEFORE) : beside(part, Damage.AFTER);
        });
    }

    /** A page of lines after its anchor: of those after the damage when the anchor is one of them. */
    private Future<Scanned> after() {
        return clean == 0 || query.cursor() == null
                ? afterUpToDamage()
                : fromDamage(clean)
                        .compose(found -> {
                            boolean grown = found.scan().missedCursor() && isAfterBorder();
                            return grown
                                    ? new EntrySearch(this::first, border)
                                            .depth()
                                            .compose(this::fromDamage)
                                    : Future.succeededFuture(found);
                        })
                        .compose(found ->
                                found.scan().missedCursor() ? afterUpToDamage() : Future.succeededFuture(found));
    }

    /** @param tail that begins right after the damage */
    private Future<Scanned> fromDamage(int tail) {
        return check.read(query, Math.max(clean, tail)).map(Scanned::fromDamage);
    }

    private Future<EntryPosition> first(int entries) {
        return check.store().first(check.tail(entries), check.bounds());
    }

    /** The lines from an anchor before the damage up to it, or else those after the damage. */
    private Future<Scanned> afterUpToDamage() {
        boolean afterBorder = isAfterBorder();
        PageQuery bounded = border == null || afterBorder ? query : query.endingBefore(border.time());
        return read(bounded, across).compose(found -> afterUpToDamage(bounded, found, afterBorder));
    }

    /** Whether the anchor is an entry after the damage, as far as times show. */
    private boolean isAfterBorder() {
        return border != null
                && query.cursor() != null
                && border.compareTime(query.cursor().timestamp()) <= 0;
    }

    /**
     * @param part the first one, which ends at damage, or one after other damage
     * @param afterDamage whether an anchor in it is after damage; before other damage, the part has a report
     */
    private Future<Scanned> afterUpToDamage(PageQuery bounded, Scanned part, boolean afterDamage) {
        if (afterDamage
                && part.report() == null
                && query.cursor() != null
                && !part.scan().missedCursor()) {
            return Future.succeededFuture(part.damaged(Damage.NONE).fromDamage());
        }
        boolean anchored = part.scan().trace().passedAnchor();
        if (anchored && (locates() || part.scan().holdsLines())) {
            return beside(part, part.scan().isFull() ? Damage.NONE : Damage.AFTER);
        }
        if (part.report() == null) {
            return afterAll(part, anchored);
        }
        return anchored
                ? linesAfter(part, bounded.byTime(), part)
                : part(
                        part,
                        bounded,
                        next -> next == null
                                        || !(goesOn(part, next)
                                                || next.scan().trace().passedAnchor())
                                ? afterAll(part, false)
                                : afterUpToDamage(bounded, next, true));
    }

    /**
     * The lines of the first part that has any, or else those after the last damage.
     *
     * @param anchored it ends with the anchor
     * @param part that one, or one after it without lines
     */
    private Future<Scanned> linesAfter(Scanned anchored, PageQuery byTime, Scanned part) {
        return part(part, byTime, next -> {
            if (next != null && next.scan().holdsLines()) {
                return beside(next, Damage.BEFORE);
            }
            return next == null || next.report() == null || !goesOn(part, next)
                    ? afterAll(anchored, true)
                    : linesAfter(anchored, byTime, next);
        });
    }

    /** Whether a part ends later than the one before it. */
    private static boolean goesOn(Scanned part, Scanned next) {
        EntryPosition end = next.scan().trace().last();
        return end.known() && part.scan().trace().last().isOlderThan(end);
    }

    /** The lines after the last damage, if there are any. */
    private Future<Scanned> afterAll(Scanned part, boolean anchored) {
        if (clean == 0) {
            return beside(part, Damage.AFTER);
        }
        boolean entry = query.cursor() != null;
        if (entry && locates()) {
            // Not by time: the entry is missing, or hidden while the log grows.
            return check.read(query, clean)
                    .compose(newer -> newer.scan().missedCursor()
                            ? beside(newer, Damage.BEFORE)
                            : Future.succeededFuture(newer.fromDamage()));
        }
        return check.read(entry ? query.byTime() : query, clean)
                .compose(newer -> beside(newer, anchored || entry ? Damage.BEFORE : newer.damage()));
    }

    /** Whether only the place of the anchor is wanted. */
    private boolean locates() {
        return query.before() + query.after() == 0;
    }

    /** @param then takes the part after a part; null when that is the last one, or there is none */
    private Future<Scanned> part(Scanned before, PageQuery wanted, Function<Scanned, Future<Scanned>> then) {
        return new ReadableParts(check, clean)
                .after(before)
                .compose(tail -> tail == 0
                        ? then.apply(null)
                        : read(wanted, check.tail(tail)).compose(then));
    }

    private Future<Scanned> read(PageQuery wanted, LogQuery range) {
        return check.store().upToDamage(wanted, range, check.bounds());
    }

    private static Future<Scanned> beside(Scanned found, Damage damage) {
        return Future.succeededFuture(found.damaged(damage));
    }
}
