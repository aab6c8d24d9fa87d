package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides where a record goes on, from its files and its anchor. After a crash it goes on after the last line that is whole.
 * When lines are missing that the anchor names, it goes on in a new file, and its first line says so: the hole stays visible.
 *
 * @param file that is continued; null when a new one has to begin
 * @param size of that file up to its last whole line
 * @param cut bytes after it, which a crash left
 * @param sequence of the last line, which may be missing
 * @param hash of that line
 * @param first the sequence of the oldest line that is kept
 * @param key the id of the key of that file; null without one
 * @param damage a sentence when lines are missing; null otherwise
 */
record RecordStart(Path file, long size, long cut, long sequence, String hash, long first, String key, String damage) {

    private static final String NO_FILE = "every file was missing";
    private static final RecordStart NEW = new RecordStart(null, 0, 0, 0, LineSeal.NONE, 1, null, null);

    /** Whether there is no record yet. */
    boolean isNew() {
        return sequence == 0 && damage == null;
    }

    /** Reads the last file; removes files whose first line a crash has left incomplete. */
    static RecordStart find(RecordFolder folder, Optional<RecordKey> key) throws IOException {
        Optional<RecordAnchor> anchor;
        try {
            anchor = RecordAnchor.read(folder.anchor(), key);
        } catch (IllegalArgumentException unreadable) {
            return withoutAnchor(folder, key, "the anchor was changed");
        }
        return anchor.isPresent()
                ? from(folder, key, anchor.get())
                : withoutAnchor(folder, key, "the anchor was missing");
    }

    /**
     * The same, where this process has written the record before.
     *
     * @param written where it ended; empty when it was not written
     */
    static RecordStart find(RecordFolder folder, Optional<RecordKey> key, Optional<RecordEnd> written)
            throws IOException {
        RecordStart found = find(folder, key);
        return written.filter(end -> found.sequence < end.sequence())
                .map(found::behind)
                .orElse(found);
    }

    private RecordStart behind(RecordEnd end) {
        String why = isNew() ? NO_FILE : missing(end.sequence());
        return damaged(end.sequence(), end.line(), end.first(), damage == null ? why : damage);
    }

    private static String missing(long last) {
        return "lines up to sequence " + last + " were missing or changed";
    }

    private static RecordStart from(RecordFolder folder, Optional<RecordKey> key, RecordAnchor anchor)
            throws IOException {
        List<Path> files = begun(folder, anchor.sequence());
        if (files.isEmpty()) {
            return anchor.isOfNothing() ? NEW : damaged(anchor.sequence(), anchor.line(), anchor.first(), NO_FILE);
        }
        Path last = files.getLast();
        FileTail tail = FileTail.read(last, key, Optional.of(anchor));
        boolean follows = tail.head() != null
                && anchor.sequence() == RecordFolder.firstOf(last) - 1
                && anchor.line().equals(tail.before());
        boolean sealed = tail.head() == null || tail.head().key() == null || anchor.key() != null || follows;
        if (sealed && (tail.anchored() || follows)) {
            return continued(last, tail);
        }
        boolean behind = tail.sequence() < anchor.sequence();
        return damaged(
                Math.max(Math.max(tail.sequence(), anchor.sequence()), RecordFolder.firstOf(last)),
                behind ? anchor.line() : tail.hash(),
                anchor.first(),
                behind ? missing(anchor.sequence()) : "the anchor did not fit the lines");
    }

    private static RecordStart withoutAnchor(RecordFolder folder, Optional<RecordKey> key, String damage)
            throws IOException {
        List<Path> files = begun(folder, 0);
        if (files.isEmpty()) {
            return NEW;
        }
        Path last = files.getLast();
        FileTail tail = FileTail.read(last, key, Optional.empty());
        long sequence = Math.max(tail.sequence(), RecordFolder.firstOf(last));
        return damaged(sequence, tail.hash(), RecordFolder.firstOf(files.getFirst()), damage);
    }

    private static RecordStart continued(Path file, FileTail tail) {
        return new RecordStart(
                file,
                tail.end(),
                tail.size() - tail.end(),
                tail.sequence(),
                tail.hash(),
                tail.head().first(),
                tail.head().key(),
                null);
    }

    private static RecordStart damaged(long sequence, String hash, long first, String damage) {
        return new RecordStart(null, 0, 0, sequence, hash, first, null, damage);
    }

    /** The files without those that were being made when the program crashed: newer than the anchor, without a whole line. */
    private static List<Path> begun(RecordFolder folder, long anchored) throws IOException {
        List<Path> files = new ArrayList<>(folder.list());
        while (!files.isEmpty() && RecordFolder.firstOf(files.getLast()) > anchored && !hasLine(files.getLast())) {
            Files.delete(files.removeLast());
        }
        return files;
    }

    private static boolean hasLine(Path file) throws IOException {
        try (FileLines lines = new FileLines(file)) {
            FileLines.Line line = lines.next();
            return line != null && line.whole();
        }
    }
}
