package io.dockrelay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.TailFrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogFeedTest extends OnScriptedController {

    private final BlockingQueue<LogLines> received = new LinkedBlockingQueue<>();

    @Test
    void beginsWithTheBacklogAndGoesOnLive() throws Exception {
        store.lines.addAll(List.of("one", "two"));
        LogFeed log = follow(new TailFrom.Lines(1));
        assertThat(await(log.opened())).isEqualTo("web");
        LogLines backlog = next(received);
        assertThat(backlog.lines()).containsExactly(new LogLine("2025-11-25T22:52:30.123456789Z", false, "two"));
        assertThat(backlog.cursor()).isEqualTo("2");
        controller.write("three");
        assertThat(texts(next(received))).containsExactly("three");

        await(log.close());
        assertThat(controller.tails()).isZero();
    }

    @Test
    void emptyLogHasAFirstItemToo() throws Exception {
        LogFeed log = follow(new TailFrom.Lines(10));
        LogLines first = next(received);
        assertThat(first.lines()).isEmpty();
        assertThat(first.cursor()).isNull();
        await(log.close());
    }

    @Test
    void pausedReaderHoldsBackTheTail() throws Exception {
        LogFeed log = onContext(() -> dockrelay.log(ScriptedController.ID, "web", new TailFrom.Lines(0)));
        log.pause().handler(received::add);
        controller.write(numbers(0, 30));
        assertThat(received.poll(1, TimeUnit.SECONDS)).isNull();
        log.fetch(2);
        assertThat(next(received)).isNotNull();
        assertThat(texts(next(received))).hasSizeLessThanOrEqualTo(3);
        assertThat(received.poll(1, TimeUnit.SECONDS)).isNull();

        log.resume();
        List<String> all = new ArrayList<>();
        while (!all.contains("29")) {
            all.addAll(texts(next(received)));
        }
        await(log.close());
    }

    @Test
    void noLineIsMissingOrRepeatedWhenBatchesAreLostAndTheControllerDies() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        LogFeed log = follow(new TailFrom.Lines(0));
        next(received);
        List<String> texts = new ArrayList<>();
        int written = 0;
        for (int round = 0; round < 4; round++) {
            int more = 5 + random.nextInt(20);
            controller.write(numbers(written, written + more));
            written += more;
            if (random.nextBoolean()) {
                controller.loseABatch();
            }
            if (round % 2 == 1) {
                kill();
                start();
            }
        }
        controller.write("end");
        while (!texts.contains("end")) {
            LogLines lines = next(received);
            assertThat(lines.marks()).as("seed %d", seed).isEmpty();
            texts.addAll(texts(lines));
        }
        List<String> expected = new ArrayList<>(List.of(numbers(0, written)));
        expected.add("end");
        assertThat(texts).as("seed %d", seed).isEqualTo(expected);
        await(log.close());
    }

    @Test
    void storedCursorContinuesInAnotherProgram() throws Exception {
        store.lines.addAll(List.of(numbers(0, 7)));
        LogFeed log = follow(new TailFrom.After("4"));
        assertThat(texts(next(received))).containsExactly("4", "5", "6");
        await(log.close());
    }

    @Test
    void refusalOfAContainerIsTheFeedsFailure() throws Exception {
        controller.refuse(Refusal.noSuchContainer("web"));
        var failed = new CompletableFuture<Throwable>();
        var ended = new CompletableFuture<Void>();
        LogFeed log = follow(new TailFrom.Lines(10));
        log.exceptionHandler(failed::complete).endHandler(ended::complete);
        assertThat(failed.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER));
        ended.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> await(log.opened())).hasMessageContaining("no container \"web\" is known");
    }

    @Test
    void controllerThatIsNotThereYetIsWaitedFor() throws Exception {
        kill();
        LogFeed log = follow(new TailFrom.Lines(10));
        store.lines.add("stored");
        start();
        assertThat(texts(next(received))).containsExactly("stored");
        await(log.close());
    }

    @Test
    void handlerThatThrowsDoesNotEndTheFeed() throws Exception {
        LogFeed log = onContext(() -> dockrelay.log(ScriptedController.ID, "web", new TailFrom.Lines(0)));
        var thrown = new LinkedBlockingQueue<Throwable>();
        context.exceptionHandler(thrown::add);
        log.handler(lines -> {
            received.add(lines);
            throw new IllegalStateException("a bug of the reader");
        });
        next(received);
        controller.write("on");
        assertThat(texts(next(received))).containsExactly("on");
        assertThat(next(thrown)).hasMessage("a bug of the reader");
        await(log.close());
    }

    @Test
    void closingEndsTheStreamAndTheTail() throws Exception {
        LogFeed log = follow(new TailFrom.Lines(0));
        Future<Void> ended = Future.future(promise -> log.endHandler(promise::complete));
        next(received);
        await(log.close());
        await(ended);
        await(log.close());
    }

    private LogFeed follow(TailFrom from) throws Exception {
        LogFeed log = onContext(() -> dockrelay.log(ScriptedController.ID, "web", from));
        log.handler(received::add);
        return log;
    }

    private static List<String> texts(LogLines lines) {
        return lines.lines().stream().map(LogLine::text).toList();
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }
}
