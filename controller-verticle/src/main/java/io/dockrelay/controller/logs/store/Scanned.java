package io.dockrelay.controller.logs.store;

/**
 * What a read of the store found.
 *
 * @param wholeStore whether it started with the first entry of the store, as far as the number of its entries shows
 * @param cutAfter whether a time or a failure ended it, so that later lines are unknown
 * @param bytes that the engine sent for it
 * @param byEngine whether the engine ended it without a report, which then claims that the log ends there
 * @param report the engine's sentence why it could not read the log any further; null when it has not reported that
 * @param damage where lines are that the engine cannot read
 * @param afterDamage whether it began with the first entry after damage
 */
public record Scanned(
        PageCollector scan,
        boolean wholeStore,
        boolean cutAfter,
        long bytes,
        boolean byEngine,
        String report,
        Damage damage,
        boolean afterDamage) {

    /** Where lines are missing beside those of a page, because the engine cannot read them. */
    public enum Damage {
        NONE,
        /** Right before the first line. */
        BEFORE,
        /** Right after the last line, or somewhere after an entry that was only located. */
        AFTER
    }

    /** As read; nothing is known about damage. */
    static Scanned of(
            PageCollector scan, boolean wholeStore, boolean cutAfter, long bytes, boolean byEngine, String report) {
        return new Scanned(scan, wholeStore, cutAfter, bytes, byEngine, report, Damage.NONE, false);
    }

    /** What is known without a read of a page that can have no lines. */
    static Scanned nothing(PageQuery query) {
        return of(new PageCollector(query, false, true), false, false, 0, false, null);
    }

    /** Whether the engine has reported that it cannot read the log any further. Otherwise, it goes on after damage. */
    public boolean isReported() {
        return report != null;
    }

    /** Whether the engine has only reported that it cannot read the log. */
    boolean isUnreadable() {
        return report != null && scan.entries() == 0;
    }

    /** Whether it ended because it had more entries than its tail, and the log grew further. */
    boolean isOvertaken(Integer tail) {
        return tail != null && !byEngine && report == null && !scan.done() && scan.entries() >= tail;
    }

    public boolean moreBefore() {
        return damage == Damage.BEFORE || !wholeStore || scan.sawOlder();
    }

    public boolean moreAfter() {
        return damage == Damage.AFTER || cutAfter || report != null || scan.moreAfter();
    }

    /** The same, when it is known to begin with the store's first entry. */
    Scanned ofWholeStore() {
        return new Scanned(scan, true, cutAfter, bytes, byEngine, report, damage, afterDamage);
    }

    /** The same beside damage: then the number of entries does not show whether the store begins with them. */
    Scanned damaged(Damage where) {
        return new Scanned(scan, false, cutAfter, bytes, byEngine, report, where, afterDamage);
    }

    /** The same, when it is known to begin right after damage. */
    Scanned fromDamage() {
        return new Scanned(scan, wholeStore, cutAfter, bytes, byEngine, report, damage, true);
    }

    /** The same without the lines that may lack their beginning, which an older part of the store has. */
    Scanned onlyCertain() {
        scan.before().dropUncertain();
        return this;
    }
}
