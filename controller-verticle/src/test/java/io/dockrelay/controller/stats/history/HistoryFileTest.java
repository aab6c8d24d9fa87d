package io.dockrelay.controller.stats.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.stats.ContainerStats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HistoryFileTest {

    private static final int STEP = 10_000;
    private static final long T = 1_764_000_000_000L;
    private static final HistoryRange FINE = new HistoryRange(T, STEP, 30, true);
    private static final HistoryRange COARSE = new HistoryRange(T, HistoryRange.COARSE_MS, 5, false);

    @TempDir
    Path folder;

    private final ContainerHistory history =
            new ContainerHistory(new KeptContainer("abc123ef0123", "web", "shop-wéb"), STEP);
    private HistoryFile file;

    @BeforeEach
    void measure() {
        file = new HistoryFile(folder.resolve("new/data"));
        for (int i = 0; i < 20; i++) {
            history.add(
                    new ContainerStats(
                            "edge-1", "web", "abc123ef0123", i / 10.0, 100L * i, 64_000L, 7L * i, 0L, null, null),
                    T + (long) i * STEP);
        }
    }

    @Test
    void fileHasWhatWasMeasured() throws IOException {
        write();

        ContainerHistory read = file.read(STEP).getFirst();
        assertThat(read.container()).isEqualTo(history.container());
        assertThat(read.lastAt()).isEqualTo(history.lastAt());
        assertThat(read.memoryLimit()).isEqualTo(64_000L);
        for (LoadMeasure measure : LoadMeasure.values()) {
            assertThat(read.column(measure, FINE)).isEqualTo(history.column(measure, FINE));
            assertThat(read.column(measure, COARSE)).isEqualTo(history.column(measure, COARSE));
        }
        assertThat(read.column(LoadMeasure.CPU, FINE).mean().getLast()).isNull();
        assertThat(folder.resolve("new/data").toFile().list()).containsExactly(HistoryFile.NAME);
    }

    @Test
    void anotherStepKeepsTheMinutes() throws IOException {
        write();

        ContainerHistory read = file.read(STEP / 2).getFirst();
        assertThat(read.column(LoadMeasure.CPU, COARSE)).isEqualTo(history.column(LoadMeasure.CPU, COARSE));
        assertThat(read.column(LoadMeasure.CPU, FINE).mean()).containsOnlyNulls();
    }

    @Test
    void missingFileIsNoHistory() {
        assertThat(file.read(STEP)).isEmpty();
    }

    @Test
    void fileThatIsCutAnywhereIsIgnored() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(stored());

        for (int length = 0; length < whole.length; length += 7) {
            Files.write(stored(), java.util.Arrays.copyOf(whole, length));
            assertThat(file.read(STEP))
                    .as("%d bytes of %d", length, whole.length)
                    .isEmpty();
        }
    }

    @Test
    void fileWithAnyByteChangedIsIgnoredOrEqual() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(stored());

        for (int at = 0; at < whole.length; at += 5) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x15;
            Files.write(stored(), damaged);
            List<ContainerHistory> read = file.read(STEP);
            // The head of the compression has bytes without a meaning, such as the system that wrote it.
            assertThat(read.isEmpty() || isSame(read.getFirst()))
                    .as("byte %d", at)
                    .isTrue();
        }
    }

    @Test
    void foreignFileIsIgnoredAndReplaced() throws IOException {
        Files.createDirectories(stored().getParent());
        Files.writeString(stored(), "a letter to Santa Claus", UTF_8);
        assertThat(file.read(STEP)).isEmpty();

        write();
        assertThat(file.read(STEP)).hasSize(1);
    }

    @Test
    void crashWhileAFileIsWrittenLeavesTheOneBefore() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(stored());

        // Nothing is closed here: that is what a crash leaves.
        HistoryWriter interrupted = file.write(2, STEP);
        interrupted.add(List.of(HistoryFormat.encode(history)));

        assertThat(stored()).hasBinaryContent(whole);
        assertThat(file.read(STEP)).hasSize(1);
        Files.writeString(stored().resolveSibling(HistoryFile.NAME + ".next"), "the rest of a crash", UTF_8);
        write();
        assertThat(file.read(STEP)).hasSize(1);
        assertThat(stored().getParent().toFile().list()).containsExactly(HistoryFile.NAME);
    }

    @Test
    void fileThatIsNotCommittedIsRemoved() throws IOException {
        write();

        try (HistoryWriter writer = file.write(1, STEP)) {
            writer.add(List.of(new byte[100_000]));
        }

        assertThat(file.read(STEP)).hasSize(1);
        assertThat(stored().getParent().toFile().list()).containsExactly(HistoryFile.NAME);
    }

    @Test
    void memoryOfTheCompressionIsFreed() throws IOException {
        HistoryWriter writer = file.write(1, STEP);
        writer.close();

        assertThatThrownBy(() -> writer.add(List.of(new byte[1 << 20]))).hasMessageContaining("Deflater");
    }

    private void write() throws IOException {
        try (HistoryWriter writer = file.write(1, STEP)) {
            writer.add(List.of(HistoryFormat.encode(history)));
            writer.commit();
        }
    }

    private boolean isSame(ContainerHistory read) {
        return read.container().equals(history.container())
                && read.column(LoadMeasure.CPU, FINE).equals(history.column(LoadMeasure.CPU, FINE));
    }

    private Path stored() {
        return folder.resolve("new/data").resolve(HistoryFile.NAME);
    }
}
