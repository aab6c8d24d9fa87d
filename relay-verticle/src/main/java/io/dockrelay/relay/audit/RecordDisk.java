package io.dockrelay.relay.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.dockrelay.record.RecordEnd;
import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordJournal;
import io.dockrelay.record.RecordKey;
import io.dockrelay.record.RecordLimits;
import io.dockrelay.settings.RecordSettings;
import io.dockrelay.settings.Secret;

/** The open record. Used by one worker at a time; blocks. */
final class RecordDisk {

    private final RecordFolder folder;
    private final RecordLimits limits;
    private final Optional<RecordKey> key;
    private final Clock clock;

    /** Null until it was opened, and after it was lost. */
    private RecordJournal journal;

    /** Where the record ended when it was lost; empty before it was written. */
    private Optional<RecordEnd> written = Optional.empty();

    /** @param settings with a folder */
    RecordDisk(RecordSettings settings, Clock clock) {
        this.folder = RecordFolder.of(settings.folder().orElseThrow(), settings.anchorFolder());
        this.limits = new RecordLimits(settings.fileBytes(), settings.files());
        this.key = settings.key().map(Secret::bytes).map(RecordKey::new);
        this.clock = clock;
    }

    RecordFolder places() {
        return folder;
    }

    Path folder() {
        return folder.files();
    }

    /** Opens the record if it is not open, or not the one that was written; after a failure it is opened again. */
    List<Long> append(List<RecordEntry> entries) throws IOException {
        if (journal != null && !journal.isIntact()) {
            close();
        }
        if (journal == null) {
            journal = RecordJournal.open(folder, limits, key, clock, written);
        }
        try {
            return entries.isEmpty() ? List.of() : journal.append(entries);
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    /** For {@link io.vertx.core.WorkerExecutor}: returns null. */
    Void close() throws IOException {
        RecordJournal open = journal;
        journal = null;
        if (open != null) {
            written = Optional.of(open.end());
            open.close();
        }
        return null;
    }
}
