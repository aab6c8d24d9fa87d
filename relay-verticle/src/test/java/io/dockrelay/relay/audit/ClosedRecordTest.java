package io.dockrelay.relay.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.relay.Soon;
import io.dockrelay.settings.RecordSettings;

import static org.awaitility.Awaitility.await;

class ClosedRecordTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        Soon.done(vertx.close());
    }

    @Test
    void recordThatCouldNotBeWrittenIsNotTriedAgainAfterItsEnd() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("record"), "");
        var settings = new RecordSettings(Optional.of(inTheWay), Optional.empty(), Optional.empty(), 1_000_000, 2);
        var disk = new RecordDisk(settings, Clock.systemUTC());
        var queue = new RecordQueue(vertx, disk, Clock.systemUTC(), RecordQueue.WRITES_WITHIN);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Context unused = context.exceptionHandler(thrown::add);
        Soon.done(onContext(queue::start));
        Soon.done(onContext(() -> {
            queue.note(RecordEntry.of(Clock.systemUTC().instant(), "stop", RecordOutcome.DONE));
            return queue.close();
        }));
        // The worker is gone: another attempt would throw.
        await().during(Duration.ofMillis(2500)).atMost(Duration.ofSeconds(5)).until(thrown::isEmpty);
    }

    private <T> Future<T> onContext(Supplier<Future<T>> call) {
        Promise<T> answered = Promise.promise();
        context.runOnContext(now -> call.get().onComplete(answered));
        return answered.future();
    }
}
