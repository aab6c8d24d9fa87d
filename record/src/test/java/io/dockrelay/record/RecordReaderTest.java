package io.dockrelay.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RecordReaderTest {

    private static final RecordLimits LIMITS = new RecordLimits(4000, 20);
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    Path folder;

    private TestRecord record;
    private RecordReader reader;

    @BeforeEach
    void write() throws IOException {
        record = new TestRecord(folder);
        reader = new RecordReader(record.folder);
        try (RecordJournal journal = record.open(LIMITS)) {
            for (int i = 0; i < 60; i++) {
                RecordEntry entry = RecordEntry.of(
                                NOON.plus(Duration.ofMinutes(i)),
                                i % 2 == 0 ? "stop" : "start",
                                i % 3 == 0 ? RecordOutcome.FAILED : RecordOutcome.DONE)
                        .by(i % 4 == 0 ? "Ada" : "bob", "10.0.0." + i)
                        .on(new RecordedContainer("edge-1", "web-" + i % 5, "0123456789a" + i % 5));
                List<Long> unused = journal.append(List.of(entry));
            }
        }
        assertThat(record.files()).hasSizeGreaterThan(3);
    }

    @Test
    void pagesGoFromTheEndToTheBeginning() throws IOException {
        List<RecordLine> all = new ArrayList<>();
        long before = Long.MAX_VALUE;
        int pages = 0;
        RecordPage page;
        do {
            page = reader.page(RecordFilter.ALL, before, 7);
            assertThat(page.lines()).hasSizeLessThanOrEqualTo(7);
            page.lines().forEach(line -> all.add(LineFormat.read(line)));
            before = page.before() == null ? 0 : page.before();
            pages++;
        } while (page.before() != null);

        assertThat(all).extracting(RecordLine::sequence).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(all.getLast().sequence()).isEqualTo(1);
        assertThat(all).hasSize((int) all.getFirst().sequence());
        assertThat(pages).isGreaterThan(8);
    }

    @Test
    void entriesAreFilteredByEachOfTheirParts() throws IOException {
        assertThat(found(new RecordFilter("aDA", Set.of(), null, Set.of(), null, null)))
                .hasSize(15)
                .allMatch(entry -> entry.who().equals("Ada"));
        assertThat(found(new RecordFilter("10.0.0.5", Set.of(), null, Set.of(), null, null)))
                .as("address")
                .hasSize(11);
        assertThat(found(new RecordFilter(null, Set.of("stop"), "web-3", Set.of(), null, null)))
                .hasSize(6)
                .allMatch(entry -> entry.what().equals("stop"));
        assertThat(found(new RecordFilter(null, Set.of(), "0123456789a4", Set.of(), null, null)))
                .hasSize(12);
        assertThat(found(new RecordFilter(null, Set.of(), "edge-1/web-4", Set.of(), null, null)))
                .hasSize(12);
        assertThat(found(new RecordFilter("bob", Set.of(), null, Set.of(RecordOutcome.FAILED), null, null)))
                .hasSize(15);
        assertThat(found(new RecordFilter(
                        null,
                        Set.of("start", "stop"),
                        null,
                        Set.of(),
                        NOON.plus(Duration.ofMinutes(10)),
                        NOON.plus(Duration.ofMinutes(20)))))
                .hasSize(10);
    }

    @Test
    void linesThatAreNoEntriesArePassedOver() throws IOException {
        Path file = record.files().get(1);
        List<String> lines = TestRecord.lines(file);
        lines.set(1, "{\"seq\":true}");
        lines.set(2, "x".repeat(200_000));
        TestRecord.rewrite(file, lines);

        RecordPage page = reader.page(RecordFilter.ALL, Long.MAX_VALUE, 500);

        assertThat(page.unreadable()).isGreaterThanOrEqualTo(1);
        assertThat(LineFormat.read(page.lines().getLast()).sequence()).isEqualTo(1);
    }

    @Test
    void exportIsTheRecordAsItWasWritten() throws IOException {
        var files = new ByteArrayOutputStream();
        for (Path file : record.files()) {
            files.writeBytes(Files.readAllBytes(file));
        }

        assertThat(exported(RecordFilter.ALL)).isEqualTo(files.toString(UTF_8));
    }

    @Test
    void exportCanBeFilteredAndEndsWhereItBegan() throws IOException {
        var filter = new RecordFilter("Ada", Set.of(), null, Set.of(), null, null);
        try (RecordExport export = RecordExport.open(record.folder, filter)) {
            try (RecordJournal journal = record.open(LIMITS)) {
                TestRecord.append(journal, "later");
            }
            byte[] part = export.next();
            assertThat(new String(part, UTF_8).lines()).hasSize(15).allMatch(line -> line.contains("\"who\":\"Ada\""));
            assertThat(export.next()).isNull();
        }
    }

    @Test
    void emptyFolderHasNoEntries() throws IOException {
        var empty = new RecordReader(new TestRecord(folder.resolve("empty")).folder);

        assertThat(empty.page(RecordFilter.ALL, Long.MAX_VALUE, 10)).isEqualTo(new RecordPage(List.of(), null, 0));
    }

    private List<RecordEntry> found(RecordFilter filter) throws IOException {
        return reader.page(filter, Long.MAX_VALUE, 500).lines().stream()
                .map(line -> LineFormat.read(line).entry())
                .toList();
    }

    private String exported(RecordFilter filter) throws IOException {
        var all = new ByteArrayOutputStream();
        try (RecordExport export = RecordExport.open(record.folder, filter)) {
            for (byte[] part = export.next(); part != null; part = export.next()) {
                all.writeBytes(part);
            }
        }
        return all.toString(UTF_8);
    }
}
