package io.dockrelay.controller.logs.search;

/** A read of a log in progress, and what its last slice has shown. Owned by {@link OpenLogs}, on the context of the search. */
final class LogReading {

    /** Null until the engine is asked. */
    private SearchRead read;

    private long lines;
    private long found;

    void begin(SearchRead begun) {
        read = begun;
    }

    /** One slice was searched. */
    void searched(ZoneHits hits) {
        lines = hits.lines();
        found = hits.found();
    }

    /** Ends the read. */
    void cancel() {
        if (read != null) {
            read.cancel();
        }
    }

    long lines() {
        return lines;
    }

    long found() {
        return found;
    }

    /** Bytes that the engine has sent. */
    long bytes() {
        return read == null ? 0 : read.bytes();
    }
}
