package io.dockrelay.controller.stats.history;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.stats.ContainerStats;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.onContext;
import static org.assertj.core.api.Assertions.assertThat;

class HistorySavesTest {

    private static final int STEP = 10_000;
    private static final long T = 1_764_000_000_000L;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<ContainerHistory> histories = new ArrayList<>();
    private HistoryFile file;

    @BeforeEach
    void measure() {
        file = new HistoryFile(folder.resolve("data"));
        for (int i = 0; i < 100; i++) {
            histories.add(new ContainerHistory(new KeptContainer("id-" + i, "web-" + i, "web-" + i), STEP));
            add(i, T);
        }
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void savesFollowEachOther() {
        var saves = new HistorySaves(vertx, file, STEP);

        await(onContext(vertx, () -> {
            Future<Void> first = saves.save(List.copyOf(histories));
            Future<Void> second = saves.save(List.copyOf(histories.subList(0, 99)));
            Future<Void> third = saves.save(List.copyOf(histories.subList(0, 98)));
            return Future.all(first, second, third);
        }));

        assertThat(file.read(STEP)).extracting(ContainerHistory::container).hasSize(98);
    }

    /** The copies of all histories are made in several turns of the event loop. */
    @Test
    void whatIsMeasuredWhileAFileIsWrittenIsInItOrNot() {
        var saves = new HistorySaves(vertx, file, STEP);

        await(onContext(vertx, () -> {
            Future<Void> saved = saves.save(histories);
            add(99, T + STEP);
            return saved;
        }));

        List<ContainerHistory> read = file.read(STEP);
        assertThat(read).hasSize(100);
        assertThat(read.getLast().lastAt()).isEqualTo(T + STEP);
        assertThat(read.getFirst().lastAt()).isEqualTo(T);
    }

    @Test
    void saveAfterOneThatFailedWritesTheFile() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where the folder is to be");
        var saves = new HistorySaves(vertx, file, STEP);
        await(onContext(vertx, () -> saves.save(histories)));
        Files.delete(folder.resolve("data"));

        await(onContext(vertx, () -> saves.save(histories)));

        assertThat(file.read(STEP)).hasSize(100);
    }

    @Test
    void oneSaveAtMostWaitsForOneOnADiskThatDoesNotAnswer() throws Exception {
        Path silent = silentDisk();
        var saves = new HistorySaves(vertx, file, STEP);
        Set<Future<Void>> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Future<Void> saved = onContext(vertx, () -> {
            for (int size = 100; size > 90; size--) {
                all.add(saves.save(List.copyOf(histories.subList(0, size))));
            }
            return saves.save(histories.subList(0, 90));
        });
        assertThat(saved.isComplete()).isFalse();

        answer(silent);
        await(saved);

        // The first save fails, because the pipe is no file.
        assertThat(all).hasSize(2);
        assertThat(file.read(STEP)).hasSize(90);
    }

    @Test
    void lastSaveDoesNotWaitForADiskThatDoesNotAnswer() throws Exception {
        Path silent = silentDisk();
        var saves = new HistorySaves(vertx, file, STEP);

        await(onContext(vertx, () -> saves.saveWithin(Duration.ofMillis(50), histories)));

        assertThat(file.read(STEP)).isEmpty();
        answer(silent);
    }

    @Test
    void saveThatCannotBeEncodedLeavesNoFile() {
        var saves = new HistorySaves(vertx, file, STEP);
        histories.addFirst(new ContainerHistory(new KeptContainer("id", "web", null), STEP));

        await(onContext(vertx, () -> saves.save(histories)));

        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    /** A writer of the next file waits in the open system call until {@link #answer}. */
    private Path silentDisk() throws Exception {
        Path next = Files.createDirectory(folder.resolve("data")).resolve(HistoryFile.NAME + ".next");
        assertThat(new ProcessBuilder("mkfifo", next.toString()).start().waitFor())
                .isZero();
        return next;
    }

    private static void answer(Path silent) throws IOException {
        try (InputStream reader = new FileInputStream(silent.toFile())) {
            reader.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void add(int history, long at) {
        histories
                .get(history)
                .add(new ContainerStats("edge-1", "web", "id", 0.5, 100L, 64_000L, 7L, 0L, null, null), at);
    }
}
