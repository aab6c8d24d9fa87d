package io.dockrelay.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.dockrelay.record.RecordFinding.Kind;

import static io.dockrelay.record.TestRecord.KEY;
import static io.dockrelay.record.TestRecord.lines;
import static io.dockrelay.record.TestRecord.resealed;
import static io.dockrelay.record.TestRecord.rewrite;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Each way to change a record, without a key and with one. */
class RecordCheckTest {

    @TempDir
    Path folder;

    /** Changes a record of four files. */
    @FunctionalInterface
    interface Attack {

        void on(TestRecord record) throws IOException;
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                        attack("altered line", Kind.ALTERED, 1, 3, r -> edit(r, 1, l -> l.set(2, changed(l.get(2))))),
                        attack("altered head", Kind.ALTERED, 2, 1, r -> edit(r, 2, l -> l.set(0, changed(l.get(0))))),
                        attack(
                                "altered last line",
                                Kind.ALTERED,
                                3,
                                2,
                                r -> edit(r, 3, l -> l.set(1, changed(l.get(1))))),
                        attack("text that is no line", Kind.ALTERED, 0, 2, r -> edit(r, 0, l -> l.set(1, "nothing"))),
                        attack("missing line", Kind.MISSING, 1, 3, r -> edit(r, 1, l -> l.remove(2))),
                        attack(
                                "two missing lines",
                                Kind.MISSING,
                                0,
                                2,
                                r -> edit(r, 0, l -> l.subList(1, 3).clear())),
                        attack(
                                "exchanged lines",
                                Kind.REORDERED,
                                1,
                                2,
                                r -> edit(r, 1, l -> Collections.swap(l, 1, 2))),
                        attack("repeated line", Kind.REORDERED, 1, 4, r -> edit(r, 1, l -> l.add(3, l.get(1)))),
                        attack(
                                "missing file",
                                Kind.MISSING,
                                2,
                                1,
                                r -> Files.delete(r.files().get(1))),
                        attack("exchanged files", Kind.REORDERED, 1, 1, r -> exchange(r, 1, 2)),
                        attack("exchanged first and last file", Kind.REORDERED, 0, 1, r -> exchange(r, 0, 3)),
                        attack(
                                "empty file",
                                Kind.MISSING,
                                1,
                                1,
                                r -> Files.write(r.files().get(1), new byte[0])),
                        attack("last line of a file gone", Kind.MISSING, 2, 1, r -> edit(r, 1, List::removeLast)),
                        attack("first line of a file gone", Kind.ALTERED, 1, 1, r -> edit(r, 1, List::removeFirst)),
                        attack("file of another record", Kind.ALTERED, 1, 1, r -> foreign(r, 1)))
                .flatMap(row -> Stream.of(Optional.<RecordKey>empty(), Optional.of(KEY))
                        .map(key ->
                                arguments(row.get()[0], key, row.get()[1], row.get()[2], row.get()[3], row.get()[4])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("attacks")
    void firstBrokenLineIsNamed(String name, Optional<RecordKey> key, Kind kind, int file, int line, Attack attack)
            throws IOException {
        TestRecord record = fourFiles(key);
        String named = record.files().get(file).getFileName().toString();

        attack.on(record);

        RecordFinding found = record.verdict().findings().getFirst();
        assertThat(found.kind()).as(found.sentence()).isEqualTo(kind);
        assertThat(found.file()).as(found.sentence()).isEqualTo(named);
        assertThat(found.line()).as(found.sentence()).isEqualTo(line);
        assertThat(found.sentence()).contains(named).contains("line " + line).contains("sequence " + found.sequence());
    }

    @Test
    void lineThatWasSealedAgainBreaksTheNextOne() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        edit(record, 1, lines -> lines.set(1, resealed(lines.get(1), "\"ada\"", "\"eve\"")));

        RecordFinding found = record.verdict().findings().getFirst();
        assertThat(found.kind()).isEqualTo(Kind.ALTERED);
        assertThat(found.line()).isEqualTo(3);
        assertThat(found.sentence()).contains("line 2: one of both was replaced");
    }

    @Test
    void truncatedEndIsFound() throws IOException {
        for (int missing = 1; missing <= 2; missing++) {
            TestRecord record = fourFiles(Optional.empty());
            List<String> lines = lines(record.files().getLast());
            rewrite(record.files().getLast(), lines.subList(0, lines.size() - missing));
            assertKind(record, Kind.TRUNCATED, "missing at the end");
            clear(record);
        }
        TestRecord record = fourFiles(Optional.empty());
        Files.delete(record.files().getLast());
        assertKind(record, Kind.TRUNCATED, "missing at the end");
        Path last = record.files().getLast();
        byte[] bytes = Files.readAllBytes(last);
        Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 9));
        assertKind(record, Kind.TRUNCATED, "missing at the end");
    }

    @Test
    void removedHeadIsFound() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        Files.delete(record.files().getFirst());
        assertKind(record, Kind.HEAD_REMOVED, "rotation did not delete them");
        Files.delete(record.files().getFirst());
        Files.delete(record.files().getFirst());
        assertKind(record, Kind.HEAD_REMOVED, "rotation did not delete them");
    }

    @Test
    void removedHeadAndTruncatedEndAreBothFound() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        Files.delete(record.files().getFirst());
        Files.delete(record.files().getLast());
        assertThat(record.verdict().findings())
                .extracting(RecordFinding::kind)
                .containsExactlyInAnyOrder(Kind.HEAD_REMOVED, Kind.TRUNCATED);
    }

    /** The relay goes on after it: neither its new lines nor rotation hide what is missing. */
    @Test
    void removedHeadAndTruncatedEndAreFoundAfterTheNextStartToo() throws IOException {
        for (Optional<RecordKey> key : List.of(Optional.<RecordKey>empty(), Optional.of(KEY))) {
            TestRecord record = fourFiles(key);
            long oldest = RecordFolder.firstOf(record.files().getFirst());
            Files.delete(record.files().getFirst());
            Files.delete(record.files().getLast());

            record.write(3);

            RecordVerdict verdict = record.verdict();
            assertThat(verdict.isWhole()).isFalse();
            assertThat(verdict.findings())
                    .extracting(RecordFinding::sentence)
                    .anyMatch(sentence -> sentence.contains("the lines from sequence " + oldest + " to "))
                    .anyMatch(sentence -> sentence.contains("is missing"));
            clear(record);
        }
    }

    /** In a record of one file, which has no other file that could show it. */
    @Test
    void beginningAndEndOfTheOnlyFileCannotBeRemoved() throws IOException {
        for (Optional<RecordKey> key : List.of(Optional.<RecordKey>empty(), Optional.of(KEY))) {
            TestRecord record = new TestRecord(folder, key).with(3);
            Path file = record.files().getFirst();
            List<String> lines = lines(file);
            for (int from = 0; from < lines.size(); from++) {
                for (int to = from; to <= lines.size(); to++) {
                    rewrite(file, lines.subList(from, to));
                    assertThat(record.verdict().isWhole())
                            .as("lines %d to %d", from, to)
                            .isEqualTo(from == 0 && to == lines.size());
                }
            }
            clear(record);
        }
    }

    /** A record that has just begun has an anchor too. */
    @Test
    void recordThatWasCutToItsFirstLineAndHasLostItsAnchorIsNotWhole() throws IOException {
        TestRecord record = new TestRecord(folder, Optional.of(KEY)).with(3);
        Path file = record.files().getFirst();
        rewrite(file, lines(file).subList(0, 1));
        Files.delete(record.folder.anchor());

        assertKind(record, Kind.ANCHOR, "is missing");
        record.write(1);
        assertKind(record, Kind.DAMAGED, "the anchor was missing");
    }

    @Test
    void everythingRemovedIsFoundByTheAnchor() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        for (Path file : record.files()) {
            Files.delete(file);
        }
        assertKind(record, Kind.TRUNCATED, "the anchor names one");
        record.write(1);
        assertKind(record, Kind.DAMAGED, "every file was missing");
    }

    @Test
    void removedOrChangedAnchorIsFound() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        String anchor = Files.readString(record.folder.anchor());
        Files.writeString(record.folder.anchor(), anchor.replace("\"first\":", "\"first\": "));
        assertKind(record, Kind.ANCHOR, "was altered");
        Files.delete(record.folder.anchor());
        assertKind(record, Kind.ANCHOR, "is missing");
    }

    @Test
    void anchorOfAnotherRecordIsFound() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        TestRecord other = new TestRecord(folder.resolve("other"));
        try (RecordJournal journal = other.open()) {
            TestRecord.append(journal, "another");
        }
        Files.copy(other.folder.anchor(), record.folder.anchor(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertKind(record, Kind.ANCHOR, "names another line");
    }

    /** Without a key the attacker can write what the program would have written. */
    @Test
    void rewrittenRecordAndAnchorAreFoundWithTheKeyOnly() throws IOException {
        TestRecord record = fourFiles(Optional.of(KEY));
        clear(record);
        TestRecord forged = new TestRecord(folder).with(9);

        assertThat(forged.verdict().findings()).isEmpty();
        assertThat(record.verdict().findings()).extracting(RecordFinding::kind).containsExactly(Kind.KEY);
    }

    @Test
    void endThatWasReplacedByLinesWithoutTheKeyIsFound() throws IOException {
        TestRecord record = fourFiles(Optional.of(KEY));
        TestRecord forged = new TestRecord(folder.resolve("forged")).with(9);
        Files.copy(forged.folder.anchor(), record.folder.anchor(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(record.verdict().isWhole()).isFalse();
        record.write(1);
        assertThat(record.verdict().findings())
                .as("the next start does not hide it")
                .isNotEmpty();
    }

    @Test
    void recordWithAKeyCannotBeCheckedWithoutIt() throws IOException {
        assertThat(fourFiles(Optional.of(KEY)).verdict().isWhole()).isTrue();
        assertThat(new TestRecord(folder).verdict().findings())
                .extracting(RecordFinding::kind)
                .contains(Kind.KEY);
    }

    @Test
    void folderWithoutARecordIsNotWhole() throws IOException {
        assertKind(new TestRecord(folder), Kind.NOTHING, "there is no record");
    }

    /** Every fourth one, because each costs a check of the whole record. */
    @Test
    void everyByteCounts() throws IOException {
        TestRecord record = fourFiles(Optional.empty());
        Path file = record.files().get(1);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i += 4) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            assertThat(record.verdict().isWhole()).as("byte %d flipped", i).isFalse();
        }
        Files.write(file, whole);
        assertThat(record.verdict().isWhole()).isTrue();
    }

    private void assertKind(TestRecord record, Kind kind, String part) throws IOException {
        assertThat(record.verdict().findings()).first().satisfies(found -> {
            assertThat(found.kind()).as(found.sentence()).isEqualTo(kind);
            assertThat(found.sentence()).contains(part);
        });
    }

    /** With files that rotation deleted before them. */
    private TestRecord fourFiles(Optional<RecordKey> key) throws IOException {
        TestRecord record = new TestRecord(folder, key).with(3);
        while (record.files().size() < 4 || lines(record.files().getLast()).size() != 2) {
            record.write(1);
        }
        for (Path file : record.files().subList(0, 3)) {
            assertThat(lines(file)).hasSizeGreaterThanOrEqualTo(4);
        }
        assertThat(record.verdict().findings()).isEmpty();
        return record;
    }

    private static void clear(TestRecord record) throws IOException {
        for (Path file : record.files()) {
            Files.delete(file);
        }
        Files.delete(record.folder.anchor());
    }

    private static Arguments attack(String name, Kind kind, int file, int line, Attack attack) {
        return arguments(name, kind, file, line, attack);
    }

    /** Edits the lines of a file. */
    @FunctionalInterface
    interface Edit {

        void on(List<String> lines);
    }

    private static void edit(TestRecord record, int file, Edit edit) throws IOException {
        Path path = record.files().get(file);
        List<String> lines = lines(path);
        edit.on(lines);
        rewrite(path, lines);
    }

    private static String changed(String line) {
        return line.replaceFirst("2026", "2025");
    }

    private static void exchange(TestRecord record, int one, int other) throws IOException {
        List<Path> files = record.files();
        String kept = Files.readString(files.get(one));
        Files.writeString(files.get(one), Files.readString(files.get(other)));
        Files.writeString(files.get(other), kept);
    }

    /** Replaces a file by one of the same sequence from a record that was written elsewhere with the same key. */
    private static void foreign(TestRecord record, int file) throws IOException {
        Path path = record.files().get(file);
        long first = RecordFolder.firstOf(path);
        RecordEntry entry = RecordEntry.of(TestRecord.CLOCK.instant(), RecordedAction.FILE, RecordOutcome.DONE);
        LineSeal seal = new LineSeal(record.key);
        byte[] head = seal.seal(LineFormat.open(first, entry, new FileHead(1, seal.keyId()), "ab".repeat(32)));
        rewrite(path, List.of(new String(head, UTF_8)));
    }
}
