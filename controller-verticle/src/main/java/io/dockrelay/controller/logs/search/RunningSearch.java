package io.dockrelay.controller.logs.search;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.search.SearchOutput;
import io.dockrelay.protocol.search.HitMerge;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchQuery;

/**
 * One search in one or several logs. It reads a few logs at a time, always those whose hits are needed next, and merges what
 * it finds. It holds at most as many hits as it may still send, whatever the client does; a client that does not pull ends the
 * search with the lease of the verticle. Owned by the {@link SearchVerticle}, on its context; ends with the last log, at the
 * limit, or with {@link #close}.
 */
final class RunningSearch {

    private final SearchEngine engine;
    private final SearchQuery query;
    private final CompiledFilter filter;
    private final HitMerge merge;
    private final SearchOutput output;

    private final OpenLogs logs;
    private final List<SearchFailure> failed;

    /** Time of the line that is being read; null before the first. */
    private String at;

    private boolean over;

    /**
     * @param logs those to search
     * @param failed those that cannot be searched; more may follow
     */
    RunningSearch(
            SearchEngine engine,
            SearchQuery query,
            CompiledFilter filter,
            List<SearchedLog> logs,
            List<SearchFailure> failed) {
        this.engine = engine;
        this.query = query;
        this.filter = filter;
        this.merge = new HitMerge(query.oldestFirst(), query.limit());
        this.output = new SearchOutput(engine.vertx(), this::progress);
        this.failed = new ArrayList<>(failed);
        this.logs = new OpenLogs(logs);
        logs.forEach(log -> merge.add(log.id()));
    }

    /** Begins; fails with a refusal if the only log cannot be read. */
    Future<Void> begin() {
        SearchedLog alone = failed.isEmpty() ? logs.only() : null;
        Future<Void> first = alone == null ? Future.succeededFuture() : engine.inspect(alone);
        return first.onSuccess(ready -> advance());
    }

    /** The next part, when there is one; one pull at a time. */
    Future<SearchPart> pull() {
        return output.pull();
    }

    /** How far it is. */
    SearchItem.Progress progress() {
        return new SearchItem.Progress(logs.lines(), logs.bytes(), logs.found(), merge.reached(), at);
    }

    /** Ends the search and its reads. */
    void close() {
        stop();
        output.close();
    }

    private void stop() {
        over = true;
        logs.cancel();
    }

    private void advance() {
        for (SearchedLog next = over ? null : logs.next(); next != null; next = over ? null : logs.next()) {
            logs.begin(next);
            read(next);
        }
        flush();
    }

    private void read(SearchedLog log) {
        engine.inspect(log).onComplete(ready -> search(log), failure -> failed(log, null, failure));
    }

    private void search(SearchedLog log) {
        LogReading reading = logs.reading(log);
        if (reading == null) {
            return; // The search has ended.
        }
        ZoneScan scan = log.newScan(filter, merge.left());
        SearchRead read = engine.read(log, scan, () -> searched(log, reading, scan));
        reading.begin(read);
        read.run().onComplete(end -> ended(log, scan, end), failure -> failed(log, scan, failure));
    }

    /** One slice was searched. */
    private void searched(SearchedLog log, LogReading reading, ZoneScan scan) {
        if (over) {
            return;
        }
        reading.searched(scan.hits());
        at = scan.latest();
        if (log.counts(scan)) {
            merge.put(log.id(), log.hits(scan), scan.latest());
            flush();
        }
    }

    private void ended(SearchedLog log, ZoneScan scan, SearchRead.End end) {
        if (forget(log)) {
            boolean counts = log.ended(scan, end);
            finishRead(log, counts ? log.hits(scan) : List.of());
        }
    }

    /** @param scan null when nothing was read */
    private void failed(SearchedLog log, ZoneScan scan, Throwable failure) {
        if (!forget(log)) {
            return;
        }
        boolean repeats = scan != null && log.repeats(failure);
        boolean counts = !repeats && log.failed(EngineFailures.refusal(log.name(), failure), scan);
        finishRead(log, counts ? log.hits(scan) : List.of());
    }

    /** A read has ended; returns whether the search goes on. */
    private boolean forget(SearchedLog log) {
        return logs.readEnded(log) && !over;
    }

    private void finishRead(SearchedLog log, List<SearchItem.Hit> found) {
        merge.put(log.id(), found, log.reached());
        if (!log.done()) {
            advance();
            return;
        }
        merge.end(log.id());
        if (log.failure() == null) {
            forgetLog(log);
        } else {
            reason(log).onSuccess(why -> {
                failed.add(new SearchFailure(null, log.name(), why.kind().httpStatus(), why.getMessage()));
                forgetLog(log);
            });
        }
    }

    private void forgetLog(SearchedLog log) {
        logs.close(log);
        if (!over) {
            advance();
        }
    }

    /** A log also ends early when its container is removed. */
    private Future<Refusal> reason(SearchedLog log) {
        return engine.exists(log).map(exists -> exists ? log.failure() : Refusal.noSuchContainer(log.name()));
    }

    private void flush() {
        output.add(merge.take());
        boolean enough = merge.left() == 0 && !query.counts();
        if (!over && (enough || logs.isEmpty())) {
            SearchItem.End end = end(progress());
            stop();
            output.end(end);
        }
    }

    private SearchItem.End end(SearchItem.Progress all) {
        boolean sentAll = logs.isEmpty() && all.hits() <= output.taken();
        return new SearchItem.End(
                logs.isEmpty() && failed.isEmpty(),
                all.lines(),
                all.bytes(),
                all.hits(),
                sentAll ? null : merge.position(),
                failed);
    }
}
