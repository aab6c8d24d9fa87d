package io.dockrelay.controller.logs.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /** Logs that are read at the same time. */
    private static final int READS = 2;

    private final SearchEngine engine;
    private final SearchQuery query;
    private final CompiledFilter filter;
    private final HitMerge merge;
    private final SearchOutput output;

    /** Logs that are not searched to their end. */
    private final List<SearchedLog> open = new ArrayList<>();

    /** The open logs that are read now. */
    private final Map<SearchedLog, Reading> readings = new LinkedHashMap<>();

    private final List<SearchFailure> failed;

    /** Of all logs that are no longer open. */
    private long lines;

    private long hits;

    /** Of all reads that have ended. */
    private long bytes;

    /** Time of the line that is being read; null before the first. */
    private String at;

    private boolean over;

    /** A read of a log, and what its last slice has shown. */
    private static final class Reading {

        /** Null until the engine is asked. */
        private SearchRead read;

        private long lines;
        private long found;

        long bytes() {
            return read == null ? 0 : read.bytes();
        }
    }

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
        open.addAll(logs);
        logs.forEach(log -> merge.add(log.id()));
    }

    /** Begins; fails with a refusal if the only log cannot be read. */
    Future<Void> begin() {
        boolean alone = open.size() == 1 && failed.isEmpty();
        Future<Void> first = alone ? engine.inspect(open.getFirst()) : Future.succeededFuture();
        return first.onSuccess(ready -> advance());
    }

    /** The next part, when there is one; one pull at a time. */
    Future<SearchPart> pull() {
        return output.pull();
    }

    /** How far it is. */
    SearchItem.Progress progress() {
        long readLines = lines;
        long found = hits;
        for (SearchedLog log : open) {
            readLines += log.lines();
            found += log.found();
        }
        long readBytes = bytes;
        for (Reading reading : readings.values()) {
            readLines += reading.lines;
            found += reading.found;
            readBytes += reading.bytes();
        }
        return new SearchItem.Progress(readLines, readBytes, found, merge.reached(), at);
    }

    /** Ends the search and its reads. */
    void close() {
        stop();
        output.close();
    }

    private void stop() {
        over = true;
        List<Reading> ending = List.copyOf(readings.values());
        readings.clear();
        ending.stream().map(reading -> reading.read).filter(Objects::nonNull).forEach(SearchRead::cancel);
    }

    private void advance() {
        SearchedLog next = next();
        while (next != null && !over && readings.size() < READS) {
            readings.put(next, new Reading());
            read(next);
            next = next();
        }
        flush();
    }

    /** The log of which the least is known, because its hits are needed next; null when none is to be read. */
    private SearchedLog next() {
        Comparator<String> byTime = Comparator.naturalOrder();
        return open.stream()
                .filter(log -> !log.done() && !readings.containsKey(log))
                .max(Comparator.comparing(SearchedLog::reached, Comparator.nullsLast(byTime)))
                .orElse(null);
    }

    private void read(SearchedLog log) {
        engine.inspect(log).onComplete(ready -> search(log), failure -> failed(log, null, failure));
    }

    private void search(SearchedLog log) {
        Reading reading = readings.get(log);
        if (reading == null) {
            return; // The search has ended.
        }
        ZoneScan scan = log.newScan(filter, merge.left());
        reading.read = engine.read(log, scan, () -> searched(log, reading, scan));
        reading.read.run().onComplete(atEnd -> ended(log, scan, atEnd), failure -> failed(log, scan, failure));
    }

    /** One slice was searched. */
    private void searched(SearchedLog log, Reading reading, ZoneScan scan) {
        if (over) {
            return;
        }
        reading.lines = scan.lines();
        reading.found = scan.found();
        at = scan.latest();
        if (log.counts(scan)) {
            merge.put(log.id(), log.hits(scan), scan.latest());
            flush();
        }
    }

    private void ended(SearchedLog log, ZoneScan scan, boolean atEnd) {
        if (forget(log)) {
            boolean counts = log.ended(scan, atEnd);
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
        Reading reading = readings.remove(log);
        bytes += reading == null ? 0 : reading.bytes();
        return reading != null && !over;
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
        lines += log.lines();
        hits += log.found();
        open.remove(log);
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
        if (!over && (enough || open.isEmpty())) {
            SearchItem.End end = end(progress());
            stop();
            output.end(end);
        }
    }

    private SearchItem.End end(SearchItem.Progress all) {
        boolean sentAll = open.isEmpty() && all.hits() <= output.taken();
        return new SearchItem.End(
                open.isEmpty() && failed.isEmpty(),
                all.lines(),
                all.bytes(),
                all.hits(),
                sentAll ? null : merge.position(),
                failed);
    }
}
