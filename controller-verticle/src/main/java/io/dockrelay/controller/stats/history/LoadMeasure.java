package io.dockrelay.controller.stats.history;

/** What is kept of a container's load. */
enum LoadMeasure {
    /** Cores in use. */
    CPU(0),
    /** Bytes, without the page cache. */
    MEMORY(1),
    /** Bytes per second; the following ones likewise. */
    RECEIVED(2),
    SENT(3),
    READ(4),
    WRITTEN(5);

    static final int COUNT = values().length;

    private final int column;

    LoadMeasure(int column) {
        this.column = column;
    }

    /** Its place in memory and in the file. */
    int column() {
        return column;
    }

    /** A number as it is sent, without digits that nothing measured; null when it is unknown. */
    Number rounded(double value) {
        if (Double.isNaN(value)) {
            return null;
        }
        return this == CPU ? (Number) (Math.round(value * 10_000) / 10_000.0) : (Number) Math.round(value);
    }
}
