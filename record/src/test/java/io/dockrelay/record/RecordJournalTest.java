package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.dockrelay.record.TestRecord.CLOCK;
import static io.dockrelay.record.TestRecord.KEY;
import static io.dockrelay.record.TestRecord.SMALL;
import static io.dockrelay.record.TestRecord.append;
import static io.dockrelay.record.TestRecord.entry;
import static io.dockrelay.record.TestRecord.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordJournalTest {

    @TempDir
    Path folder;

    @Test
    void entryIsOneLineWithItsSequenceAndTheHashOfTheLineBefore() throws IOException {
        var record = new TestRecord(folder).with(2);

        List<String> lines = lines(record.files().getFirst());
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith(
                        "{\"seq\":1,\"time\":\"2026-11-30T12:00:00.123Z\",\"what\":\"record.file\",\"outcome\":\"done\","
                                + "\"file\":{\"first\":1},\"prev\":\"" + LineSeal.NONE + "\",\"hash\":\"");
        String first = LineSeal.hashOf(lines.getFirst().getBytes(UTF_8));
        assertThat(lines.get(1))
                .startsWith("{\"seq\":2,\"time\":\"2026-11-30T12:00:00.123Z\",\"who\":\"ada\",\"address\":\"10.0.0.7\","
                        + "\"what\":\"stop\",\"container\":{\"controller\":\"edge-1\",\"name\":\"web-0\","
                        + "\"id\":\"0123456789ab\"},\"outcome\":\"requested\",\"prev\":\"" + first + "\",\"hash\":\"");
        assertThat(lines.get(2))
                .contains("\"prev\":\"" + LineSeal.hashOf(lines.get(1).getBytes(UTF_8)) + "\"");
    }

    @Test
    void everyFieldOfAnEntryIsReadAsItWasWritten() {
        RecordEntry written = entry("web")
                .because("it said \"no\"\n\u001b[31m\u202e")
                .times(7)
                .ended(
                        41L,
                        CLOCK.instant().plusMillis(1500),
                        RecordOutcome.FAILED,
                        List.of(
                                new RecordedEvent(CLOCK.instant(), "died", "exited", 137),
                                new RecordedEvent(CLOCK.instant(), null, "running", null)));
        byte[] line = new LineSeal(Optional.empty()).seal(LineFormat.open(42, written, null, LineSeal.NONE));

        RecordLine read = LineFormat.read(line);
        assertThat(read.entry()).isEqualTo(written);
        assertThat(read.entry().durationMs()).isEqualTo(1500);
        assertThat(read.sequence()).isEqualTo(42);
        assertThat(new String(line, UTF_8)).matches("[\\x20-\\x7e]+");
    }

    @Test
    void longTextsAreCutAndLinesStayShort() {
        RecordEntry entry = RecordEntry.of(CLOCK.instant(), "x".repeat(10_000), RecordOutcome.DONE)
                .by("\ud83d\ude00".repeat(10_000), "y".repeat(10_000))
                .because("\u0001".repeat(100_000))
                .ended(
                        1L,
                        CLOCK.instant(),
                        RecordOutcome.DONE,
                        java.util.Collections.nCopies(
                                1000,
                                new RecordedEvent(CLOCK.instant(), "\u0001".repeat(1000), "\u0001".repeat(1000), 1)));

        byte[] line = LineFormat.open(Long.MAX_VALUE, entry, null, LineSeal.NONE);
        assertThat(line.length).isLessThan(FileLines.LONGEST);
    }

    @Test
    void rotationKeepsTheChainAndDeletesTheOldestFiles() throws IOException {
        var record = new TestRecord(folder).with(40);

        assertThat(record.files()).hasSize(4);
        RecordVerdict verdict = record.verdict();
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.first()).isGreaterThan(20);
        assertThat(verdict.remarks())
                .containsExactly("rotation has deleted the lines before sequence " + verdict.first());
        assertThat(record.files().getFirst()).hasFileName("record-%012d.jsonl".formatted(verdict.first()));
    }

    @Test
    void recordGoesOnAfterAStop() throws IOException {
        var record = new TestRecord(folder).with(3).with(3).with(0).with(20);

        assertThat(record.verdict().findings()).isEmpty();
        assertThat(record.verdict().last()).isGreaterThan(26);
    }

    @Test
    void recordThatThisProcessHasWrittenStaysDamagedWhenItsFolderWasEmptied() throws IOException {
        var record = new TestRecord(folder).with(5);
        RecordEnd written;
        try (RecordJournal journal = record.open()) {
            written = journal.end();
        }
        for (Path file : record.files()) {
            Files.delete(file);
        }
        Files.delete(record.folder.anchor());

        RecordJournal.open(record.folder, SMALL, record.key, CLOCK, Optional.of(written))
                .close();

        Path file = record.files().getFirst();
        assertThat(RecordFolder.firstOf(file)).isEqualTo(written.sequence() + 1);
        assertThat(lines(file).getFirst())
                .contains("\"outcome\":\"failed\",\"reason\":\"every file was missing\"")
                .contains("\"prev\":\"" + written.line() + "\"");
        assertThat(record.verdict().findings()).isNotEmpty();
    }

    @Test
    void recordThatWasSetBackWhileItWasWrittenIsDamaged() throws IOException {
        var record = new TestRecord(folder).with(1);
        byte[] lines = Files.readAllBytes(record.files().getFirst());
        byte[] anchor = Files.readAllBytes(record.folder.anchor());
        RecordEnd written;
        try (RecordJournal journal = record.open()) {
            append(journal, "later");
            written = journal.end();
        }
        Files.write(record.files().getFirst(), lines);
        Files.write(record.folder.anchor(), anchor);

        RecordJournal.open(record.folder, SMALL, record.key, CLOCK, Optional.of(written))
                .close();

        assertThat(lines(record.files().getLast()).getFirst())
                .contains("lines up to sequence " + written.sequence() + " were missing or changed");
        assertThat(record.verdict().findings()).isNotEmpty();
    }

    @Test
    void foldersAndFilesAreForTheirOwnerOnlyAndAnExistingFolderStaysAsItIs() throws IOException {
        var record = new TestRecord(folder).with(1);
        assertThat(permissions(record.folder.files())).isEqualTo("rwx------");
        assertThat(permissions(record.folder.anchors())).isEqualTo("rwx------");
        assertThat(permissions(record.files().getFirst())).isEqualTo("rw-------");
        assertThat(permissions(record.folder.anchor())).isEqualTo("rw-------");
        assertThat(permissions(record.folder.lock())).isEqualTo("rw-------");

        Files.setPosixFilePermissions(record.folder.files(), PosixFilePermissions.fromString("rwxrwxrwx"));
        record.write(1);
        assertThat(permissions(record.folder.files())).isEqualTo("rwxrwxrwx");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void crashAtAnyByteAfterTheAnchorIsFineAndTheRecordGoesOn() throws IOException {
        var record = new TestRecord(folder).with(2);
        byte[] anchor = Files.readAllBytes(record.folder.anchor());
        Path file = record.files().getFirst();
        int anchored = (int) Files.size(file);
        new TestRecord(folder).write(2);
        byte[] whole = Files.readAllBytes(file);

        for (int size = anchored; size <= whole.length; size += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, size));
            Files.write(record.folder.anchor(), anchor);
            for (Path other : record.files()) {
                if (!other.equals(file)) {
                    Files.delete(other);
                }
            }
            assertThat(record.verdict().findings()).as("after %d bytes", size).isEmpty();
            boolean torn = whole[size - 1] != '\n';
            record.write(1);
            assertThat(record.verdict().findings())
                    .as("after %d bytes, and on", size)
                    .isEmpty();
            String all =
                    Files.readString(file) + Files.readString(record.files().getLast());
            assertThat(all.contains("\"what\":\"record.cut\""))
                    .as("after %d bytes", size)
                    .isEqualTo(torn);
        }
    }

    @Test
    void crashWhileTheFirstFileBeginsIsFine() throws IOException {
        var record = new TestRecord(folder, Optional.of(KEY)).with(0);
        byte[] head = Files.readAllBytes(record.files().getFirst());
        LineSeal seal = new LineSeal(record.key);

        for (int size = 0; size <= head.length; size += 5) {
            new RecordAnchor(0, LineSeal.NONE, 1, seal.keyId()).write(record.folder.anchor(), seal);
            Path file = record.folder.file(1);
            Files.write(file, java.util.Arrays.copyOf(head, size));
            assertThat(record.verdict().findings()).as("after %d bytes", size).isEmpty();
            record.write(1);
            assertThat(record.verdict().findings())
                    .as("after %d bytes, and on", size)
                    .isEmpty();
            Files.delete(file);
        }
    }

    @Test
    void crashBeforeTheFirstFileIsFine() throws IOException {
        var record = new TestRecord(folder).with(0);
        LineSeal seal = new LineSeal(record.key);
        Files.delete(record.files().getFirst());
        new RecordAnchor(0, LineSeal.NONE, 1, null).write(record.folder.anchor(), seal);

        assertThat(record.verdict().findings())
                .extracting(RecordFinding::kind)
                .containsExactly(RecordFinding.Kind.NOTHING);
        record.write(1);
        assertThat(record.verdict().findings()).isEmpty();
    }

    @Test
    void crashWhileAFileBeginsIsFine() throws IOException {
        var record = new TestRecord(folder);
        try (RecordJournal journal = record.open()) {
            while (Files.size(record.files().getLast()) <= SMALL.fileBytes()) {
                append(journal, "web");
            }
        }
        byte[] anchor = Files.readAllBytes(record.folder.anchor());
        record.write(1);
        Path next = record.files().getLast();
        byte[] begun = Files.readAllBytes(next);
        for (int size = 0; size <= begun.length; size += 5) {
            Files.write(next, java.util.Arrays.copyOf(begun, size));
            Files.write(record.folder.anchor(), anchor);
            assertThat(record.verdict().findings()).as("after %d bytes", size).isEmpty();
            record.write(1);
            assertThat(record.verdict().findings())
                    .as("after %d bytes, and on", size)
                    .isEmpty();
        }
    }

    @Test
    void damageAtAStartStaysVisible() throws IOException {
        var record = new TestRecord(folder).with(3);
        List<String> lines = lines(record.files().getFirst());
        TestRecord.rewrite(record.files().getFirst(), lines.subList(0, 3));

        record.write(2);

        assertThat(record.files()).hasSize(2);
        assertThat(Files.readString(record.files().getLast()))
                .contains("lines up to sequence 4 were missing or changed");
        assertThat(record.verdict().findings()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(RecordFinding.Kind.MISSING);
            assertThat(found.sequence()).isEqualTo(4);
        });
    }

    @Test
    void anchorThatWasRemovedWhileItWasNotRunningIsReported() throws IOException {
        var record = new TestRecord(folder).with(3);
        Files.delete(record.folder.anchor());

        record.write(1);

        assertThat(record.verdict().findings())
                .singleElement()
                .satisfies(found -> assertThat(found.sentence()).contains("the anchor was missing"));
    }

    @Test
    void fileThatIsReplacedWhileItIsWrittenIsNoticed() throws IOException {
        var record = new TestRecord(folder);
        try (RecordJournal journal = record.open()) {
            append(journal, "web");
            assertThat(journal.isIntact()).isTrue();
            Path file = record.files().getFirst();
            Path copy = Files.copy(file, folder.resolve("copy"));
            Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(journal.isIntact()).isFalse();
        }
    }

    @Test
    void twoWritersAreRefused() throws IOException {
        var record = new TestRecord(folder);
        try (RecordJournal journal = record.open()) {
            append(journal, "web");
            assertThatThrownBy(record::open).isInstanceOf(RecordException.class).hasMessageContaining("another relay");
        }
        record.write(1);
    }

    @Test
    void keyBeginsAFileAndIsNeededFromThenOn() throws IOException {
        new TestRecord(folder).write(2);
        var keyed = new TestRecord(folder, Optional.of(KEY)).with(2);

        assertThat(keyed.files()).hasSize(2);
        assertThat(keyed.verdict().findings()).isEmpty();
        assertThat(keyed.verdict().remarks())
                .containsExactly("the lines up to sequence 3 were written without the key");
        assertThatThrownBy(() -> new TestRecord(folder).open()).hasMessageContaining("set recordKeyFile");
        var other = new TestRecord(folder, Optional.of(new RecordKey(new byte[32])));
        assertThatThrownBy(other::open).hasMessageContaining("another key");
        assertThat(KEY.toString()).doesNotContain("32 bytes");
    }

    @Test
    void entriesOfOneAppendHaveSuccessiveSequences() throws IOException {
        var record = new TestRecord(folder);
        List<RecordEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(entry("web-" + i));
        }
        try (RecordJournal journal = record.open()) {
            List<Long> sequences = journal.append(entries);
            assertThat(sequences).hasSize(100).startsWith(2L, 3L).endsWith(101L);
            assertThat(TestRecord.sequenceOf(journal, "last")).isEqualTo(103);
        }
        assertThat(record.verdict().findings()).isEmpty();
    }
}
