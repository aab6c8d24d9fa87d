package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dockrelay.record.RecordFinding.Kind;

/**
 * Verifies a record, also one that is being written. It reads the anchor before the lines, because the lines are written before
 * the anchor. Blocks; reads only.
 */
public final class RecordCheck {

    /** A file may be deleted by rotation between the list and its reading. */
    private static final int ATTEMPTS = 3;

    private final RecordFolder folder;
    private final Optional<RecordKey> key;
    private final List<RecordFinding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private RecordCheck(RecordFolder folder, Optional<RecordKey> key) {
        this.folder = folder;
        this.key = key;
    }

    /** @throws RecordException when it cannot be read */
    public static RecordVerdict of(RecordFolder folder, Optional<RecordKey> key) throws RecordException {
        try {
            for (int attempt = 1; ; attempt++) {
                RecordVerdict verdict;
                try {
                    verdict = new RecordCheck(folder, key).verdict();
                } catch (NoSuchFileException rotated) {
                    verdict = null;
                }
                boolean maybeRotated = verdict == null
                        || verdict.findings().stream().anyMatch(found -> found.kind() == Kind.HEAD_REMOVED);
                if (verdict != null && (!maybeRotated || attempt == ATTEMPTS)) {
                    return verdict;
                }
                if (attempt == ATTEMPTS) {
                    throw new RecordException(folder.files() + ": its files disappear while they are read");
                }
            }
        } catch (IOException failed) {
            throw RecordException.of(folder.files(), failed);
        }
    }

    private RecordVerdict verdict() throws IOException {
        Optional<RecordAnchor> anchor = anchor();
        List<Path> files = folder.list();
        if (files.isEmpty()) {
            findings.addAll(nothing(anchor));
            return new RecordVerdict(findings, remarks, 0, 0, 0);
        }
        var walk = new ChainWalk(files, key, anchor);
        walk.run();
        walk.broken().ifPresent(findings::add);
        checkHead(files, walk, anchor);
        if (walk.broken().isEmpty()) {
            checkEnd(walk, anchor);
        }
        return new RecordVerdict(
                findings, remarks, RecordFolder.firstOf(files.getFirst()), walk.sequence(), files.size());
    }

    private Optional<RecordAnchor> anchor() throws IOException {
        try {
            return RecordAnchor.read(folder.anchor(), key);
        } catch (IllegalArgumentException changed) {
            findings.add(RecordFinding.of(Kind.ANCHOR, folder.anchor() + " was altered: " + changed.getMessage()));
        } catch (RecordException otherKey) {
            findings.add(RecordFinding.of(Kind.KEY, otherKey.getMessage()));
        }
        return Optional.empty();
    }

    private List<RecordFinding> nothing(Optional<RecordAnchor> anchor) {
        if (!findings.isEmpty()) {
            return List.of();
        }
        return List.of(anchor.filter(named -> !named.isOfNothing())
                .map(named -> RecordFinding.of(
                        Kind.TRUNCATED,
                        "every line up to sequence " + named.sequence() + " is missing: " + folder.files()
                                + " has no file of a record, and the anchor names one"))
                .orElseGet(() -> RecordFinding.of(Kind.NOTHING, "there is no record in " + folder.files())));
    }

    /** What the newest file and the anchor say about the oldest file that was kept. */
    private void checkHead(List<Path> files, ChainWalk walk, Optional<RecordAnchor> anchor) {
        long oldest = RecordFolder.firstOf(files.getFirst());
        long kept = Math.min(
                walk.head() == null ? oldest : walk.head().first(),
                anchor.map(RecordAnchor::first).orElse(Long.MAX_VALUE));
        if (oldest > kept) {
            findings.add(RecordFinding.of(
                    Kind.HEAD_REMOVED,
                    "the lines from sequence " + kept + " to " + (oldest - 1)
                            + " are missing at the beginning, and rotation did not delete them"));
        } else if (oldest > 1) {
            remarks.add("rotation has deleted the lines before sequence " + oldest);
        }
    }

    private void checkEnd(ChainWalk walk, Optional<RecordAnchor> anchor) {
        if (anchor.isEmpty()) {
            if (findings.isEmpty()) {
                findings.add(RecordFinding.of(Kind.ANCHOR, "the anchor " + folder.anchor() + " is missing"));
            }
            return;
        }
        long end = anchor.get().sequence();
        if (walk.sequence() < end) {
            findings.add(RecordFinding.of(
                    Kind.TRUNCATED,
                    "the lines from sequence " + (walk.sequence() + 1) + " to " + end + " are missing at the end"));
        } else if (!walk.anchored()) {
            findings.add(RecordFinding.of(
                    Kind.ANCHOR, "the anchor names another line with sequence " + end + " than the record has"));
        } else if (key.isPresent()
                && walk.head() != null
                && walk.head().key() != null
                && anchor.get().key() == null) {
            findings.add(RecordFinding.of(Kind.ANCHOR, "the anchor was replaced by one without the key"));
        }
        checkKey(walk);
        if (walk.torn() > 0) {
            remarks.add("a crash has left " + walk.torn() + " bytes of an incomplete line at the end");
        }
    }

    private void checkKey(ChainWalk walk) {
        if (key.isPresent() && walk.head() != null && walk.head().key() == null) {
            findings.add(RecordFinding.of(Kind.KEY, "the record was written without the key"));
        } else if (walk.withoutKeyUpTo() > 0) {
            remarks.add("the lines up to sequence " + walk.withoutKeyUpTo() + " were written without the key");
        }
    }
}
