package io.dockrelay.record;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Appends to a record: entries are on disk, and the anchor names the last one, when {@link #append} returns. An append that
 * fails leaves nothing behind, and a later one may succeed. For one thread at a time; blocks. Ends with {@link #close}.
 */
public final class RecordJournal implements Closeable {

    private final RecordFolder folder;
    private final RecordLimits limits;
    private final LineSeal seal;
    private final Clock clock;
    private final RecordLock lock;

    /** Where the next line goes; null until the first file is there. */
    private RecordFile file;

    /** The key of {@link #file}; null without one. */
    private String key;

    private long sequence;
    private String hash;
    private long first;

    private RecordJournal(
            RecordFolder folder, RecordLimits limits, Optional<RecordKey> key, Clock clock, RecordLock lock) {
        this.folder = folder;
        this.limits = limits;
        this.seal = new LineSeal(key);
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * Goes on where the record has ended, or begins one.
     *
     * @param key empty to seal lines with their hash only
     * @throws RecordException when the folder cannot be written, is written by another process, or needs another key
     */
    public static RecordJournal open(RecordFolder folder, RecordLimits limits, Optional<RecordKey> key, Clock clock)
            throws RecordException {
        return open(folder, limits, key, clock, Optional.empty());
    }

    /**
     * The same, after another journal of this process: what has been removed since then stays visible.
     *
     * @param written the end of the last one; empty for none
     */
    public static RecordJournal open(
            RecordFolder folder, RecordLimits limits, Optional<RecordKey> key, Clock clock, Optional<RecordEnd> written)
            throws RecordException {
        RecordLock lock = null;
        try {
            folder.create();
            lock = RecordLock.of(folder);
            var journal = new RecordJournal(folder, limits, key, clock, lock);
            journal.start(RecordStart.find(folder, key, written));
            return journal;
        } catch (IOException failed) {
            if (lock != null) {
                lock.close();
            }
            throw RecordException.of(folder.files(), failed);
        }
    }

    /** Where the record ends now. */
    public RecordEnd end() {
        return new RecordEnd(sequence, hash, first);
    }

    /**
     * @return the sequence of each entry
     * @throws RecordException when nothing was appended
     */
    public List<Long> append(List<RecordEntry> entries) throws RecordException {
        try {
            if (file.size() > limits.fileBytes()) {
                begin(null);
            }
            return write(entries);
        } catch (IOException failed) {
            throw RecordException.of(file.path(), failed);
        }
    }

    /** Whether the file is still the one that was written; another journal has to be opened otherwise. */
    public boolean isIntact() throws RecordException {
        try {
            return file.isIntact() && Files.exists(folder.anchor());
        } catch (IOException failed) {
            throw RecordException.of(file.path(), failed);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (file != null) {
                file.close();
            }
        }
    }

    private void start(RecordStart start) throws IOException {
        sequence = start.sequence();
        hash = start.hash();
        first = start.first();
        key = start.key();
        try {
            if (start.isNew()) {
                // Before the first line, so that from then on a missing anchor is never right.
                anchor();
            }
            if (start.file() == null) {
                begin(start.damage());
                return;
            }
            file = RecordFile.continued(start.file(), start.size());
            anchor();
            if (!Objects.equals(key, seal.keyId())) {
                begin(null);
            }
            if (start.cut() > 0) {
                List<Long> unused =
                        write(List.of(RecordEntry.of(clock.instant(), RecordedAction.CUT, RecordOutcome.DONE)
                                .because("a crash left " + start.cut() + " bytes of an incomplete line")));
            }
        } catch (IOException failed) {
            if (file != null) {
                file.close();
            }
            throw failed;
        }
    }

    private List<Long> write(List<RecordEntry> entries) throws IOException {
        long size = file.size();
        long lastSequence = sequence;
        String lastHash = hash;
        try {
            var lines = new ByteArrayOutputStream();
            List<Long> sequences = new ArrayList<>();
            for (RecordEntry entry : entries) {
                lines.writeBytes(line(entry, null));
                sequences.add(sequence);
            }
            file.append(lines.toByteArray());
            anchor();
            return sequences;
        } catch (IOException failed) {
            sequence = lastSequence;
            hash = lastHash;
            file.cut(size);
            throw failed;
        }
    }

    /** Begins a file, and deletes the oldest ones. */
    private void begin(String damage) throws IOException {
        long lastSequence = sequence;
        String lastHash = hash;
        long lastFirst = first;
        RecordFile next = RecordFile.create(folder.file(sequence + 1));
        try {
            first = firstToKeep(damage);
            RecordOutcome outcome = damage == null ? RecordOutcome.DONE : RecordOutcome.FAILED;
            next.append(line(
                    RecordEntry.of(clock.instant(), RecordedAction.FILE, outcome)
                            .because(damage),
                    new FileHead(first, seal.keyId())));
            RecordFolder.force(folder.files());
            anchor();
        } catch (IOException failed) {
            sequence = lastSequence;
            hash = lastHash;
            first = lastFirst;
            next.close();
            Files.delete(next.path());
            throw failed;
        }
        if (file != null) {
            file.close();
        }
        file = next;
        key = seal.keyId();
        deleteOldest();
    }

    private byte[] line(RecordEntry entry, FileHead head) {
        byte[] sealed = seal.seal(LineFormat.open(sequence + 1, entry, head, hash));
        sequence++;
        hash = LineSeal.hashOf(sealed);
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return line;
    }

    private void anchor() throws IOException {
        new RecordAnchor(sequence, hash, first, seal.keyId()).write(folder.anchor(), seal);
        try {
            RecordFolder.force(folder.anchors());
        } catch (IOException unused) {
            // After a power cut the anchor may be the one before, which fits the lines as well.
        }
    }

    /** After damage nothing is deleted, so that it stays visible. */
    private long firstToKeep(String damage) throws IOException {
        List<Path> files = folder.list();
        int dropped = files.size() - limits.files();
        return damage != null || dropped <= 0 ? first : Math.max(first, RecordFolder.firstOf(files.get(dropped)));
    }

    private void deleteOldest() throws IOException {
        for (Path old : folder.list()) {
            if (RecordFolder.firstOf(old) < first) {
                // One that cannot be deleted now is deleted with the next ones.
                boolean unused = old.toFile().delete();
            }
        }
    }
}
