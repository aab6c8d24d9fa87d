package io.dockrelay.relay.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordCheck;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.relay.RunningRelay;

import static io.dockrelay.relay.audit.RecordedRelay.entryOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The record on a disk of 64 KiB that is full. Needs root, to mount it. */
@Tag("engine")
class FullDiskTest {

    @TempDir
    Path folder;

    @Test
    void fullDiskRefusesControlOnlyAndEverythingThatHappenedIsRecordedLater() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
        Path record = folder.resolve("record");
        try (var recorded = new RecordedRelay(record)) {
            assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);
            fill();

            RunningRelay.Answer refused = recorded.relay.post("/api/container/web/kill");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("error").asText())
                    .contains(record.toString())
                    .contains("No space left on device");
            assertThat(recorded.relay.get("/api/data").status()).isEqualTo(200);
            assertThat(recorded.relay.get("/api/record").json().path("problem").asText())
                    .contains("No space left on device");
            assertThat(recorded.relay.get("/", "Origin", "http://evil.example").status())
                    .as("a refusal while the disk is full")
                    .isEqualTo(403);
            recorded.controller.acts(new ServerMessage.Action(
                    "a-1",
                    "edge-1",
                    "web",
                    ContainerAction.STOP,
                    ActionState.DONE,
                    java.time.Instant.now(),
                    null,
                    "127.0.0.1"));
            assertThat(recorded.controller.controls).as("only the first one").hasSize(1);

            Files.delete(folder.resolve("filler"));

            assertThat(recorded.awaitEntry(entryOf("access", "refused")).has("reason"))
                    .isTrue();
            assertThat(recorded.awaitEntry(entryOf("stop", "done")).has("request"))
                    .isTrue();
            assertThat(recorded.awaitEntry(entryOf("kill", "refused"))
                            .at("/container/name")
                            .asText())
                    .isEqualTo("web");
            assertThat(recorded.relay.post("/api/container/web/kill").status()).isEqualTo(202);
            assertThat(recorded.relay.get("/api/record").json().has("problem")).isFalse();
            assertThat(RecordCheck.of(RecordFolder.of(record, Optional.empty()), Optional.empty())
                            .findings())
                    .isEmpty();
        } finally {
            run("umount", folder.toString());
        }
    }

    /** Takes the last byte of the disk, and what the record's files have left of theirs. */
    private void fill() throws IOException {
        try (var filler = Files.newOutputStream(folder.resolve("filler"))) {
            for (byte[] block : List.of(new byte[4096], new byte[1])) {
                for (int i = 0; i < 70_000; i++) {
                    filler.write(block);
                }
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
