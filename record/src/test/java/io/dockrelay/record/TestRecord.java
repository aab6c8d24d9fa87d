package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A record in a folder of a test, and ways to damage it. */
final class TestRecord {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T12:00:00.123Z"), ZoneOffset.UTC);
    static final RecordKey KEY = new RecordKey("a key of 32 bytes, for these tests".getBytes(UTF_8));

    /** Some four lines per file. */
    static final RecordLimits SMALL = new RecordLimits(1000, 4);

    final RecordFolder folder;
    final Optional<RecordKey> key;

    TestRecord(Path folder) {
        this(folder, Optional.empty());
    }

    TestRecord(Path folder, Optional<RecordKey> key) {
        this.folder = RecordFolder.of(folder.resolve("record"), Optional.of(folder.resolve("anchor")));
        this.key = key;
    }

    RecordJournal open() throws IOException {
        return open(SMALL);
    }

    RecordJournal open(RecordLimits limits) throws IOException {
        return RecordJournal.open(folder, limits, key, CLOCK);
    }

    /** Writes entries, each in an append of its own. */
    TestRecord with(int entries) throws IOException {
        write(entries);
        return this;
    }

    void write(int entries) throws IOException {
        try (RecordJournal journal = open()) {
            for (int i = 0; i < entries; i++) {
                append(journal, "web-" + i);
            }
        }
    }

    static void append(RecordJournal journal, String container) throws IOException {
        long unused = sequenceOf(journal, container);
    }

    static long sequenceOf(RecordJournal journal, String container) throws IOException {
        return journal.append(List.of(entry(container))).getFirst();
    }

    static RecordEntry entry(String container) {
        return RecordEntry.of(CLOCK.instant(), "stop", RecordOutcome.REQUESTED)
                .by("ada", "10.0.0.7")
                .on(new RecordedContainer("edge-1", container, "0123456789ab"));
    }

    RecordVerdict verdict() throws IOException {
        return RecordCheck.of(folder, key);
    }

    List<Path> files() throws IOException {
        return folder.list();
    }

    /** A file's lines without their newlines. */
    static List<String> lines(Path file) throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    static void rewrite(Path file, List<String> lines) throws IOException {
        Path unused = Files.write(file, lines);
    }

    /** The line with other bytes, sealed with its hash only, which needs no key. */
    static String resealed(String line, String from, String to) {
        String open = line.substring(0, line.length() - 75).replace(from, to);
        return new String(new LineSeal(Optional.empty()).seal(open.getBytes(UTF_8)), UTF_8);
    }
}
