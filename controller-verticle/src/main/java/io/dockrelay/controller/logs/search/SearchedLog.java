package io.dockrelay.controller.logs.search;

import java.time.Instant;
import java.util.List;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.search.SearchItem.Hit;
import io.dockrelay.protocol.search.SearchQuery;

/**
 * One log of a search: what is to be read of it, what was found so far, and why it cannot be searched to its end. Pure; owned
 * by its {@link RunningSearch}.
 */
final class SearchedLog {

    /** Lines at the beginning of a tail that are only looked at: streams are out of order by a few. */
    private static final int LEAD = 16;

    /** The same where levels are asked for: the longest stack trace that is recognised from its middle. */
    private static final int LEAD_WITH_LEVELS = 256;

    /** How often a tail is read again after an error of the engine, which a rotation may cause. */
    private static final int REPEATS = 2;

    private final String id;
    private final String name;
    private final SearchQuery query;
    private final ReadPlan plan;

    /** Whether the container has a terminal; null until it is known. */
    private Boolean terminal;

    /** Time of the newest line in the store at the beginning; null when it is not known. */
    private Instant newest;

    /** Of the current read. */
    private int repeats;

    private boolean done;
    private long lines;
    private long found;

    /** See {@link #reached}. */
    private String reached;

    /** Null while all is well. */
    private Refusal failure;

    /**
     * @param id 12 hex digits
     * @throws IllegalArgumentException with a sentence for the client, when a position is none
     */
    SearchedLog(String id, String name, SearchQuery query) {
        this(id, name, query, ReadPlan.TAILS);
    }

    /** @param tails entries of the reads from the end, before the one by time */
    SearchedLog(String id, String name, SearchQuery query, List<Integer> tails) {
        this.id = id;
        this.name = name;
        this.query = query;
        this.plan = new ReadPlan(query, id, tails);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /** What an inspection and a first look at the log have found. */
    void opened(boolean hasTerminal, Instant newestLine) {
        terminal = hasTerminal;
        newest = newestLine;
    }

    /** Whether it was {@link #opened}. */
    boolean known() {
        return terminal != null;
    }

    /** What to request from the engine now. */
    LogQuery read() {
        return plan.request(terminal);
    }

    /** What searches the current read. */
    ZoneScan newScan(CompiledFilter filter, int capacity) {
        int lead = query.filter().levels().isEmpty() ? LEAD : LEAD_WITH_LEVELS;
        boolean first = query.oldestFirst();
        var read = new ZoneScan.Read(terminal, !plan.isTail(), lead, first, plan.mustPrecede());
        return new ZoneScan(read, plan.bounds(), new LineMatcher(filter), new ZoneHits(capacity, first));
    }

    /**
     * The current read has ended; decides what is next.
     *
     * @return whether its hits count
     */
    boolean ended(ZoneScan scan, SearchRead.End end) {
        boolean reported = end.ofLog() && end.report() != null;
        if (reported && !scan.tooShort() && repeatsTail()) {
            return false;
        }
        repeats = 0;
        boolean cutShort = end.ofLog() && plan.missesTheEnd(scan, newest);
        // While a log rotates, the engine may end a read of the newest entries early, even at once.
        if (plan.isVoid(scan) || ((cutShort || reported) && plan.isTail())) {
            plan.reachFurther();
            return false;
        }
        lines += scan.hits().lines();
        found += scan.hits().found();
        boolean lacks = cutShort || (reported && plan.mayMissTheEnd(scan, newest));
        failure = lacks ? damaged(scan, end.report()) : failure;
        Cursor first = scan.first().known() ? scan.first().cursor(id) : null;
        reached = first == null ? reached : scan.latestBefore();
        done = plan.searched(scan, end.ofLog() && plan.isWhole(scan.entries()), first);
        return true;
    }

    /** Whether the hits of the current read so far are its first ones, and count however it ends: a tail may be repeated. */
    boolean counts(ZoneScan scan) {
        return query.oldestFirst() && !plan.isTail() && scan.certain();
    }

    /** Takes out the hits of a scan, in the order of the search. */
    List<Hit> hits(ZoneScan scan) {
        ZoneHits hits = scan.hits();
        return query.oldestFirst() ? hits.take(name, id) : hits.takeNewestFirst(name, id);
    }

    /** The current read has failed; returns whether to repeat it. */
    boolean repeats(Throwable why) {
        boolean rotation = !(why instanceof Refusal) && EngineFailures.kind(why) == Kind.SERVER_ERROR;
        return rotation && repeatsTail();
    }

    private boolean repeatsTail() {
        return plan.isTail() && repeats++ < REPEATS;
    }

    /**
     * The log cannot be searched any further. What the last read has found up to its failure counts: the lines after it are
     * those that are missing.
     *
     * @param scan null when nothing was read
     * @return whether its hits count
     */
    boolean failed(Refusal why, ZoneScan scan) {
        failure = why;
        done = true;
        boolean counts = scan != null && !plan.isTail();
        lines += counts ? scan.hits().lines() : 0;
        found += counts ? scan.hits().found() : 0;
        return counts;
    }

    boolean done() {
        return done;
    }

    /** Lines that were searched. */
    long lines() {
        return lines;
    }

    /** All hits in them. */
    long found() {
        return found;
    }

    /** With the newest first: the hits after this time are known; null while there is no such time. */
    String reached() {
        return reached;
    }

    /** Why the log was not searched to its end; null when it was. */
    Refusal failure() {
        return failure;
    }

    /** @param report null when the engine has reported nothing */
    private Refusal damaged(ZoneScan scan, String report) {
        String where = scan.latest() == null ? "its beginning" : scan.latest();
        String why = newest == null && report != null ? report : EngineFailures.endedEarly(where, newest);
        return new Refusal(RefusalKind.ENGINE_ERROR, why);
    }
}
