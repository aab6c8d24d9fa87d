package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.dockrelay.record.RecordFinding.Kind;

/**
 * Follows the chain through all files up to the first line that breaks it, and keeps what the check of both ends needs. Used
 * once, on one thread; blocks.
 */
final class ChainWalk {

    private final List<Path> files;
    private final Optional<RecordKey> key;

    /** Empty for none. */
    private final Optional<RecordAnchor> anchor;

    /** Null while nothing is broken. */
    private RecordFinding broken;

    /** Null before the first line. */
    private RecordLine last;

    private String lastPlace;
    private FileHead head;
    private boolean anchored;
    private long torn;
    private long withoutKeyUpTo;

    ChainWalk(List<Path> files, Optional<RecordKey> key, Optional<RecordAnchor> anchor) {
        this.files = files;
        this.key = key;
        this.anchor = anchor;
        this.anchored = anchor.filter(RecordAnchor::isOfNothing).isPresent();
    }

    void run() throws IOException {
        for (Path file : files) {
            walk(file);
            if (broken != null) {
                return;
            }
        }
    }

    Optional<RecordFinding> broken() {
        return Optional.ofNullable(broken);
    }

    /** 0 before the first line. */
    long sequence() {
        return last == null ? 0 : last.sequence();
    }

    /** The head of the newest file that was reached; null before the first one. */
    FileHead head() {
        return head;
    }

    /** Whether the anchor's line is there, or comes right before the first line. */
    boolean anchored() {
        return anchored;
    }

    /** Bytes of an incomplete line at the end; 0 for none. */
    long torn() {
        return torn;
    }

    /** The last sequence that was written without a key, before those with one; 0 for none. */
    long withoutKeyUpTo() {
        return withoutKeyUpTo;
    }

    private void walk(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (FileLines lines = new FileLines(file)) {
            LineSeal seal = null;
            FileLines.Line read = lines.next();
            if (read == null && !isNewest(file)) {
                broken = finding(Kind.MISSING, name, 1, "is missing: the file is empty");
            }
            for (; read != null && broken == null; read = lines.next()) {
                if (!read.whole() && isNewest(file)) {
                    torn = read.bytes().length;
                    return;
                }
                RecordLine line = parsed(read);
                if (read.number() == 1) {
                    seal = sealOf(file, name, line);
                }
                if (broken == null) {
                    broken = check(name, read, line, seal);
                }
                if (broken == null) {
                    take(name, read.number(), line);
                }
            }
        }
    }

    private LineSeal sealOf(Path file, String name, RecordLine line) {
        if (line == null || line.head() == null) {
            broken = finding(Kind.ALTERED, name, 1, "is not the first line of a file");
            return null;
        }
        try {
            LineSeal seal = LineSeal.named(file, line.head().key(), key);
            if (head != null && head.key() != null && seal.keyId() == null) {
                broken = finding(Kind.ALTERED, name, 1, "begins a file without the key, after files with it");
            } else if (head != null && head.key() == null && seal.keyId() != null) {
                withoutKeyUpTo = sequence();
            }
            return seal;
        } catch (RecordException otherKey) {
            broken = RecordFinding.of(Kind.KEY, otherKey.getMessage());
            return null;
        }
    }

    /** Null when the line continues the chain. */
    private RecordFinding check(String name, FileLines.Line read, RecordLine line, LineSeal seal) throws IOException {
        long number = read.number();
        if (line == null || !read.whole() || !seal.holds(read.bytes())) {
            return finding(Kind.ALTERED, name, number, "was altered");
        }
        if (line.head() != null && line.sequence() != RecordFolder.firstOf(Path.of(name))) {
            return finding(
                    Kind.REORDERED,
                    name,
                    number,
                    "has sequence " + line.sequence() + ", and not that of the file's name: files were exchanged");
        }
        if (last == null) {
            boolean beginning = line.sequence() != 1 || line.previous().equals(LineSeal.NONE);
            return beginning ? null : finding(Kind.ALTERED, name, number, "was replaced");
        }
        if (line.sequence() != expected()) {
            return elsewhere(name, number, line.sequence());
        }
        return line.previous().equals(last.hash()) ? null : replaced(name, number);
    }

    private RecordFinding elsewhere(String name, long number, long found) throws IOException {
        if (found < expected()) {
            return finding(Kind.REORDERED, name, number, "has sequence " + found + ", which belongs before it");
        }
        String place = placeOf(expected());
        return place == null
                ? finding(
                        Kind.MISSING,
                        name,
                        number,
                        "is missing: sequence " + found + " follows " + sequence() + " there")
                : finding(
                        Kind.REORDERED,
                        name,
                        number,
                        "has sequence " + found + "; the line that belongs there is at " + place);
    }

    /** A line that is right by itself and names another one as the line before it. */
    private RecordFinding replaced(String name, long number) {
        return finding(
                Kind.ALTERED,
                name,
                number,
                "does not continue the line before it, " + lastPlace + ": one of both was replaced");
    }

    private void take(String name, long number, RecordLine line) {
        boolean isAnchor = anchor.filter(named -> named.sequence() == line.sequence()
                        ? named.line().equals(line.hash())
                        : last == null
                                && named.sequence() == line.sequence() - 1
                                && named.line().equals(line.previous()))
                .isPresent();
        anchored |= isAnchor;
        if (line.head() != null) {
            head = line.head();
        }
        last = line;
        lastPlace = name + ", line " + number;
        if (line.head() != null && line.entry().outcome() == RecordOutcome.FAILED) {
            broken = RecordFinding.at(
                    Kind.DAMAGED,
                    name,
                    number,
                    line.sequence(),
                    "says that at a start of the relay " + line.entry().reason());
        }
    }

    /** Where a line with that sequence is after the present place; null when it is nowhere. */
    private String placeOf(long sequence) throws IOException {
        for (Path file : files) {
            try (FileLines lines = new FileLines(file)) {
                for (FileLines.Line read = lines.next(); read != null; read = lines.next()) {
                    RecordLine line = parsed(read);
                    if (line != null && line.sequence() == sequence) {
                        return file.getFileName() + ", line " + read.number();
                    }
                }
            }
        }
        return null;
    }

    private long expected() {
        return last == null ? RecordFolder.firstOf(files.getFirst()) : last.sequence() + 1;
    }

    private RecordFinding finding(Kind kind, String name, long number, String remark) {
        return RecordFinding.at(kind, name, number, expected(), remark);
    }

    private boolean isNewest(Path file) {
        return file.equals(files.getLast());
    }

    /** Null when it is no line of a record. */
    private static RecordLine parsed(FileLines.Line read) {
        try {
            return LineFormat.read(read.bytes());
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
