package io.dockrelay.controller.logs.store;

/**
 * What a read of the store found.
 *
 * @param wholeStore whether it started with the first entry of the store, as far as the number of its entries shows
 * @param cutAfter whether a time or a failure ended it, so that later lines are unknown
 * @param bytes that the engine sent for it
 * @param byEngine whether the engine ended it, which then claims that the log ends there
 * @param damage where lines are that the engine cannot read
 */
public record Scanned(
        PageCollector scan, boolean wholeStore, boolean cutAfter, long bytes, boolean byEngine, Damage damage) {

    /** Where lines are missing beside those of a page, because the engine cannot read them. */
    public enum Damage {
        NONE,
        /** Right before the first line. */
        BEFORE,
        /** Right after the last line, or somewhere after an entry that was only located. */
        AFTER
    }

    /** What is known without a read of a page that can have no lines. */
    static Scanned nothing(PageQuery query) {
        return new Scanned(new PageCollector(query, false, true), false, false, 0, false, Damage.NONE);
    }

    public boolean moreBefore() {
        return damage == Damage.BEFORE || !wholeStore || scan.sawOlder();
    }

    public boolean moreAfter() {
        return damage == Damage.AFTER || cutAfter || scan.moreAfter();
    }

    /** The same, when it is known to begin with the store's first entry. */
    Scanned ofWholeStore() {
        return new Scanned(scan, true, cutAfter, bytes, byEngine, damage);
    }

    /** The same beside damage: then the number of entries does not show whether the store begins with them. */
    Scanned damaged(Damage where) {
        return new Scanned(scan, false, cutAfter, bytes, byEngine, where);
    }

    /** The same without the lines that may lack their beginning, which an older part of the store has. */
    Scanned onlyCertain() {
        scan.before().dropUncertain();
        return this;
    }
}
