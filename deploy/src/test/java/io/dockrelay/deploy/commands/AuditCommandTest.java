package io.dockrelay.deploy.commands;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordJournal;
import io.dockrelay.record.RecordLimits;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.settings.RecordSettings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditCommandTest {

    @TempDir
    Path folder;

    private Path record;
    private Path anchors;

    @BeforeEach
    void write() throws IOException {
        record = folder.resolve("record");
        anchors = folder.resolve("anchors");
        var place = RecordFolder.of(record, Optional.of(anchors));
        try (RecordJournal journal =
                RecordJournal.open(place, new RecordLimits(1_000_000, 2), Optional.empty(), Clock.systemUTC())) {
            List<Long> unused = journal.append(List.of(
                    RecordEntry.of(Clock.systemUTC().instant(), "stop", RecordOutcome.REQUESTED),
                    RecordEntry.of(Clock.systemUTC().instant(), "stop", RecordOutcome.DONE)));
        }
    }

    @Test
    void wholeRecordOfTheSettingsEndsWith0() {
        var out = new ByteArrayOutputStream();

        assertThat(run(out, settings(Optional.of(record)), "verify")).isZero();
        assertThat(out.toString(UTF_8)).contains(record + " is whole: sequences 1 to 3, files: 1.");
    }

    @Test
    void truncatedRecordEndsWith1AndSaysWhatIsMissing() throws IOException {
        Path file = record.resolve("record-000000000001.jsonl");
        List<String> lines = Files.readAllLines(file);
        Path unused = Files.write(file, lines.subList(0, 2));
        var out = new ByteArrayOutputStream();

        assertThat(run(out, settings(Optional.of(record)), "verify")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("the lines from sequence 3 to 3 are missing at the end.");
    }

    /** The anchor of another folder than that of the settings is looked for in it. */
    @Test
    void copyOfARecordIsVerifiedWithItsAnchor() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Path file = record.resolve("record-000000000001.jsonl");
        Path unused = Files.copy(file, copy.resolve(file.getFileName()));
        var out = new ByteArrayOutputStream();

        assertThat(run(out, settings(Optional.of(record)), "verify", copy.toString()))
                .isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("anchor.json is missing");
        Path anchor = Files.copy(anchors.resolve("anchor.json"), copy.resolve("anchor.json"));
        assertThat(anchor).isNotEmptyFile();
        assertThat(run(out, settings(Optional.empty()), "verify", copy.toString()))
                .isZero();
    }

    @Test
    void otherWordsAndAMissingFolderAreExplained() {
        var out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> run(out, settings(Optional.of(record)), "check"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("audit verify [FOLDER]");
        assertThatThrownBy(() -> run(out, settings(Optional.empty()), "verify"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("RELAY_RECORD_FOLDER");
        assertThat(run(out, settings(Optional.of(folder.resolve("none"))), "verify"))
                .isEqualTo(1);
    }

    private int run(ByteArrayOutputStream out, RecordSettings settings, String... arguments) {
        return new AuditCommand(() -> settings)
                .run(List.of(arguments), InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
    }

    private RecordSettings settings(Optional<Path> files) {
        return new RecordSettings(files, Optional.of(anchors), Optional.empty(), 1_000_000, 2);
    }
}
