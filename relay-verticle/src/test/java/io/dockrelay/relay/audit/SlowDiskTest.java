package io.dockrelay.relay.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.settings.RecordSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A disk that does not answer for a time: the anchor is a pipe, which answers when it is written to. */
class SlowDiskTest {

    private static final Duration WITHIN = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private Path anchor;
    private RecordQueue queue;

    @BeforeEach
    void open() throws Exception {
        anchor = folder.resolve("anchor.json");
        assertThat(new ProcessBuilder("mkfifo", anchor.toString()).start().waitFor())
                .isZero();
        var settings = new RecordSettings(Optional.of(folder), Optional.empty(), Optional.empty(), 1_000_000, 2);
        queue = new RecordQueue(vertx, new RecordDisk(settings, Clock.systemUTC()), Clock.systemUTC(), WITHIN);
    }

    @AfterEach
    void close() throws Exception {
        get(queue::close);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void startGoesOnWithoutTheRecordAndTheRecordBeginsLater() throws Exception {
        get(queue::start);
        assertThat(queue.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("did not answer"));

        answer();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> get(() -> Future.succeededFuture(queue.problem())).isEmpty());
    }

    @Test
    void entryWhoseCallerWasRefusedIsNotWrittenLater() throws Exception {
        get(queue::start);
        assertThatThrownBy(() -> get(() -> queue.append(entry("refused")))).hasMessageContaining("did not answer");

        answer();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> get(() -> Future.succeededFuture(queue.problem())).isEmpty());
        long unused = get(() -> queue.append(entry("later")));
        List<String> lines = Files.readAllLines(folder.resolve("record-000000000001.jsonl"));
        assertThat(lines).noneMatch(line -> line.contains("\"refused\"")).anyMatch(line -> line.contains("\"later\""));
    }

    private void answer() throws IOException {
        Path unused = Files.writeString(anchor, "{}\n");
    }

    private static RecordEntry entry(String who) {
        return RecordEntry.of(Clock.systemUTC().instant(), "stop", RecordOutcome.REQUESTED)
                .by(who, "10.0.0.7");
    }

    private <T> T get(Supplier<Future<T>> call) throws Exception {
        Promise<T> answered = Promise.promise();
        context.runOnContext(now -> call.get().onComplete(answered));
        return answered.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
