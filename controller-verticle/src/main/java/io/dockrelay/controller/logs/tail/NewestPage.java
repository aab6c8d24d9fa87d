package io.dockrelay.controller.logs.tail;

import java.util.Optional;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * The newest lines of a stored log, or those of them that follow a position.
 *
 * @param moreBefore whether the store holds older lines
 * @param damage where lines are that the engine cannot read
 * @param end position of the last line that was read, which may not follow the position; null when there is none
 * @param follows whether nothing is missing between the position and these lines
 */
record NewestPage(LineWindow.Page lines, boolean moreBefore, Damage damage, Cursor end, boolean follows) {

    /** @param count the most lines; for zero there is one */
    static Future<NewestPage> read(StoreReader store, LoggedContainer source, int count) {
        return store.scan(source.id(), source.terminal(), PageQuery.newest(count))
                .map(read -> {
                    LineWindow.Page page = read.scan().before().take(source.id());
                    return new NewestPage(page, page.dropped() || read.moreBefore(), read.damage(), page.last(), false);
                });
    }

    /**
     * Without the lines that precede a position.
     *
     * @param from null, or in another container, for all lines
     */
    static Future<NewestPage> after(
            StoreReader store, LoggedContainer source, Cursor from, GapReason reason, int count) {
        if (from == null || !from.containerId().equals(source.id())) {
            return read(store, source, count);
        }
        return store.scan(source.id(), source.terminal(), PageQuery.newest(count))
                .map(read -> {
                    LineWindow.Rest rest = read.scan().before().takeAfter(from, reason);
                    boolean more = rest.page().dropped() || read.moreBefore();
                    return new NewestPage(rest.page(), more, read.damage(), rest.end(), rest.follows());
                });
    }

    /** Whether all lines of the store precede the position, whose own line is not among them. */
    boolean precedes() {
        return isEmpty() && end != null && !follows;
    }

    boolean isEmpty() {
        return lines.last() == null;
    }

    /** The lines before these, if the engine cannot read them. */
    Optional<TailMark.Gap> gapBefore() {
        return damage == Damage.BEFORE
                ? Optional.of(new TailMark.Gap(GapReason.DAMAGED, null, lines.first(), null))
                : Optional.empty();
    }

    /** The lines after these, up to the end of the log, if the engine cannot read them. */
    Optional<TailMark.Gap> gapAfter() {
        return damage == Damage.AFTER
                ? Optional.of(new TailMark.Gap(GapReason.DAMAGED, end == null ? null : end.encode(), null, null))
                : Optional.empty();
    }
}
