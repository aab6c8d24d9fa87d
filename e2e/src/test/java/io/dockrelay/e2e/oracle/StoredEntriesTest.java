package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading the engine's files, independently of the program. */
class StoredEntriesTest {

    private static final String FIRST = "2026-11-25T12:00:00.123456789Z";
    private static final String SECOND = "2026-11-25T12:00:01Z";

    private final Segment segment = new Segment("0123456789ab", Path.of("file"));

    @Test
    void entryWithANewlineIsALine() {
        var entries = new StoredEntries(false);
        entry(entries, FIRST, "stdout", "one\\n");
        entry(entries, SECOND, "stderr", "\\n");

        assertThat(entries.lines())
                .extracting(StoredLine::line)
                .containsExactly(line(FIRST, 'o', "one"), line(SECOND, 'e', ""));
    }

    @Test
    void chunksWithTheSameTimeAreJoinedAcrossTheOtherStream() {
        var entries = new StoredEntries(false);
        entry(entries, FIRST, "stdout", "begin ");
        entry(entries, FIRST, "stderr", "other\\n");
        entry(entries, FIRST, "stdout", "end\\n");

        assertThat(entries.lines())
                .extracting(StoredLine::line)
                .containsExactly(line(FIRST, 'e', "other"), line(FIRST, 'o', "begin end"));
    }

    @Test
    void unterminatedLineIsNotJoinedWithTheNextRun() {
        var entries = new StoredEntries(false);
        entry(entries, FIRST, "stdout", "cut");
        entry(entries, SECOND, "stdout", "new run\\n");
        entry(entries, SECOND, "stdout", "cut again");

        assertThat(entries.lines())
                .extracting(StoredLine::line)
                .containsExactly(line(FIRST, 'o', "cut"), line(SECOND, 'o', "new run"), line(SECOND, 'o', "cut again"));
    }

    @Test
    void carriageReturnOfATerminalIsRemoved() {
        var entries = new StoredEntries(true);
        entry(entries, FIRST, "stdout", "one\\r\\n");

        assertThat(entries.lines()).extracting(StoredLine::line).containsExactly(line(FIRST, 'o', "one"));
    }

    @Test
    void truncatedEntryIsIgnored() {
        var entries = new StoredEntries(false);
        entries.entry("{\"log\":\"half", segment);
        entry(entries, SECOND, "stdout", "whole\\n");

        assertThat(entries.lines()).extracting(StoredLine::line).containsExactly(line(SECOND, 'o', "whole"));
    }

    private void entry(StoredEntries entries, String time, String stream, String log) {
        entries.entry("{\"log\":\"" + log + "\",\"stream\":\"" + stream + "\",\"time\":\"" + time + "\"}", segment);
    }

    private static Line line(String time, char stream, String text) {
        return Line.of(Instant.parse(time), stream, text);
    }
}
