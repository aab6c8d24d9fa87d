package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;

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

    /** Time of its first entry; null when there is none. */
    private Instant border;

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
        return search(FIRST).compose(found -> {
            if (clean > 0 && brokenHas >= clean) {
                return check.read(query, broken); // The store begins there; the log has grown during the reads.
            }
            return query.before() > 0 ? before() : after();
        });
    }

    private Future<Void> search(int tail) {
        reads++;
        return check.read(PageQuery.newest(1), tail)
                .recover(DamageSearch::unreadable)
                .compose(found -> {
                    took(tail, found);
                    int next = broken == 0 ? clean * 2 : (clean + broken) / 2;
                    boolean ended = next == clean || reads >= MAX_READS;
                    return ended ? Future.succeededFuture() : search(next);
                });
    }

    /** Null for an error of the engine, which damage may cause. Other failures say nothing about the log. */
    private static Future<Scanned> unreadable(Throwable failure) {
        boolean damage = !(failure instanceof Refusal) && EngineFailures.kind(failure) == Kind.SERVER_ERROR;
        return damage ? Future.succeededFuture(null) : Future.failedFuture(failure);
    }

    /** @param found null when the tail cannot be read */
    private void took(int tail, Scanned found) {
        boolean readable = found != null && found.byEngine() && !found.cutAfter();
        long entries = readable ? found.scan().entries() : 0;
        if (entries >= tail) {
            clean = tail;
            border = found.scan().trace().begin();
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
        return read(query).compose(found -> {
            if (found.scan().trace().passedAnchor()) {
                return beside(found, Damage.NONE); // The damage is after the anchor.
            }
            return query.cursor() == null
                    ? beside(found, Damage.AFTER)
                    : read(query.byTime()).compose(byTime -> beside(byTime, Damage.AFTER));
        });
    }

    /** A page of lines after its anchor: of those after the damage when the anchor is one of them. */
    private Future<Scanned> after() {
        return clean == 0 || query.cursor() == null
                ? afterUpToDamage()
                : check.read(query, clean)
                        .compose(found ->
                                found.scan().missedCursor() ? afterUpToDamage() : Future.succeededFuture(found));
    }

    /** The lines from an anchor before the damage up to it, or else those after the damage. */
    private Future<Scanned> afterUpToDamage() {
        return read(border == null ? query : query.endingBefore(border)).compose(found -> {
            boolean anchored = found.scan().trace().passedAnchor();
            if (clean == 0 || (anchored && found.scan().holdsLines())) {
                return beside(found, found.scan().isFull() ? Damage.NONE : Damage.AFTER);
            }
            boolean entry = query.cursor() != null;
            return check.read(entry ? query.byTime() : query, clean)
                    .compose(newer -> beside(newer, anchored || entry ? Damage.BEFORE : newer.damage()));
        });
    }

    private Future<Scanned> read(PageQuery wanted) {
        return check.store().read(wanted, across, check.bounds());
    }

    private static Future<Scanned> beside(Scanned found, Damage damage) {
        return Future.succeededFuture(found.damaged(damage));
    }
}
