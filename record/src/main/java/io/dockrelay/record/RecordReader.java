package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a record from its end, also while it is being written. Each page costs a bounded number of bytes, so one with few
 * entries may be empty. Blocks; each call is for itself.
 */
public final class RecordReader {

    /** In bytes, of one page. */
    private static final long MOST_READ = 16L * 1024 * 1024;

    /** Entries are in the order in which they were written; their times differ from it by less, unless a clock was set. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final RecordFolder folder;

    public RecordReader(RecordFolder folder) {
        this.folder = folder;
    }

    /**
     * @param before the sequence after the newest one that is read; {@link Long#MAX_VALUE} for the end
     * @param limit of the entries
     */
    public RecordPage page(RecordFilter filter, long before, int limit) throws RecordException {
        var reading = new Reading(filter, before, limit);
        try {
            List<Path> files = folder.list();
            for (Path file : files.reversed()) {
                if (RecordFolder.firstOf(file) < before && !reading.isOver()) {
                    reading.read(file);
                }
            }
        } catch (IOException failed) {
            throw RecordException.of(folder.files(), failed);
        }
        return reading.page();
    }

    /** One page that is being collected. */
    private static final class Reading {

        private final RecordFilter filter;
        private final long before;
        private final int limit;
        private final Instant oldest;
        private final List<byte[]> lines = new ArrayList<>();
        private long bytes;
        private long unreadable;

        /** The lowest sequence that was read. */
        private long reached;

        private boolean beforeSince;
        private boolean stopped;

        Reading(RecordFilter filter, long before, int limit) {
            this.filter = filter;
            this.before = before;
            this.limit = limit;
            this.reached = before;
            this.oldest = filter.since() == null ? Instant.MIN : filter.since().minus(SLACK);
        }

        boolean isOver() {
            return stopped || beforeSince;
        }

        void read(Path file) throws IOException {
            try (BackwardLines backward = new BackwardLines(file)) {
                byte[] line = backward.previous();
                while (line != null && !isOver()) {
                    if (lines.size() == limit || bytes >= MOST_READ) {
                        stopped = true;
                    } else {
                        take(line);
                        line = backward.previous();
                    }
                }
            } catch (NoSuchFileException rotated) {
                // The oldest file was deleted meanwhile: the record begins after it.
            }
        }

        private void take(byte[] bytesOfLine) {
            bytes += bytesOfLine.length;
            try {
                RecordLine line = LineFormat.read(bytesOfLine);
                if (line.sequence() >= before) {
                    return;
                }
                reached = line.sequence();
                beforeSince = line.entry().time().isBefore(oldest);
                if (filter.accepts(line.entry())) {
                    lines.add(bytesOfLine);
                }
            } catch (IllegalArgumentException noLine) {
                unreadable++;
            }
        }

        RecordPage page() {
            return new RecordPage(lines, stopped ? reached : null, unreadable);
        }
    }
}
