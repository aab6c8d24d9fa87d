package io.dockrelay.controller.logs.tail;

import java.util.Optional;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * The newest lines of a stored log.
 *
 * @param moreBefore whether the store holds older lines
 * @param damage where lines are that the engine cannot read
 */
record NewestPage(LineWindow.Page lines, boolean moreBefore, Damage damage) {

    /** @param count the most lines; for zero there is one */
    static Future<NewestPage> read(StoreReader store, LoggedContainer source, int count) {
        return store.scan(source.id(), source.terminal(), PageQuery.newest(count))
                .map(read -> {
                    LineWindow.Page page = read.scan().before().take(source.id());
                    return new NewestPage(page, page.dropped() || read.moreBefore(), read.damage());
                });
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
                ? Optional.of(new TailMark.Gap(GapReason.DAMAGED, lines.cursor(), null, null))
                : Optional.empty();
    }
}
