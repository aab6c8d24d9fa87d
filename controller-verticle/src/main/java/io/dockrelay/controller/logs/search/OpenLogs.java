package io.dockrelay.controller.logs.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logs of a search that are not searched to their end, which of them are read now, and how much was read of all logs. Owned
 * by its {@link RunningSearch}, on the context of that.
 */
final class OpenLogs {

    /** Logs that are read at the same time. */
    private static final int READS = 2;

    private final List<SearchedLog> open;

    /** The open logs that are read now. */
    private final Map<SearchedLog, LogReading> readings = new LinkedHashMap<>();

    /** Of all logs that are no longer open. */
    private long lines;

    private long found;

    /** Of all reads that have ended. */
    private long bytes;

    OpenLogs(List<SearchedLog> logs) {
        open = new ArrayList<>(logs);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The log, if it is the only one; null otherwise. */
    SearchedLog only() {
        return open.size() == 1 ? open.getFirst() : null;
    }

    /** The log to read next; null while enough are read. It is that of which the least is known: its hits are needed next. */
    SearchedLog next() {
        if (readings.size() >= READS) {
            return null;
        }
        Comparator<String> byTime = Comparator.naturalOrder();
        return open.stream()
                .filter(log -> !log.done() && !readings.containsKey(log))
                .max(Comparator.comparing(SearchedLog::reached, Comparator.nullsLast(byTime)))
                .orElse(null);
    }

    /** The log is read from now on. */
    void begin(SearchedLog log) {
        readings.put(log, new LogReading());
    }

    /** Null when the log is not read now. */
    LogReading reading(SearchedLog log) {
        return readings.get(log);
    }

    /** The read of a log has ended; returns whether there was one. */
    boolean readEnded(SearchedLog log) {
        LogReading ended = readings.remove(log);
        bytes += ended == null ? 0 : ended.bytes();
        return ended != null;
    }

    /** The log is searched as far as it can be. */
    void close(SearchedLog log) {
        lines += log.lines();
        found += log.found();
        open.remove(log);
    }

    /** Ends all reads. */
    void cancel() {
        List<LogReading> ending = List.copyOf(readings.values());
        readings.clear();
        ending.forEach(LogReading::cancel);
    }

    /** Lines that were searched. */
    long lines() {
        return lines
                + open.stream().mapToLong(SearchedLog::lines).sum()
                + readings.values().stream().mapToLong(LogReading::lines).sum();
    }

    /** All hits in them. */
    long found() {
        return found
                + open.stream().mapToLong(SearchedLog::found).sum()
                + readings.values().stream().mapToLong(LogReading::found).sum();
    }

    /** Bytes that the engine has sent. */
    long bytes() {
        return bytes + readings.values().stream().mapToLong(LogReading::bytes).sum();
    }
}
