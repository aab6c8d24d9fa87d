package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.TailOpened;

/** A reader of one tail: takes each batch, or answers as the test decides. */
final class TestReader {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<LogBatch> batches = new CopyOnWriteArrayList<>();
    volatile Function<LogBatch, Future<BatchTaken>> verdict = batch -> Future.succeededFuture(BatchTaken.CONTINUE);

    private final Bus bus;
    private final String subscription;
    private final Registration registration;

    TestReader(Vertx vertx, String subscription) {
        this.bus = Bus.of(vertx);
        this.subscription = subscription;
        registration = bus.answer(Addresses.lines(subscription), this::take);
        Waiting.await(registration.ready());
    }

    @CanIgnoreReturnValue
    TestReader open(String container, int lines) {
        TailOpened opened = Waiting.await(tryOpen(container, new TailFrom.Lines(lines), false));
        assert opened != null;
        return this;
    }

    Future<TailOpened> tryOpen(String container, TailFrom from, boolean wait) {
        return bus.ask(Addresses.openTail(Settings.CONTROLLER), new OpenTail(subscription, container, from, wait));
    }

    void close() {
        Waiting.await(bus.ask(Addresses.closeTail(Settings.CONTROLLER), new CloseTail(subscription)));
        leave();
    }

    /** Stops answering, as a reader that dies. */
    void leave() {
        Waiting.await(registration.close());
    }

    /** The texts so far, without timestamps; marks as {@code <restarted>}. */
    List<String> seen() {
        List<String> seen = new ArrayList<>();
        for (LogBatch batch : batches) {
            batch.marks().forEach(mark -> seen.add(describe(mark)));
            batch.lines().lines().forEach(line -> seen.add(line.substring(DockerTimestamp.LENGTH)));
        }
        return seen;
    }

    List<String> texts() {
        return seen().stream().filter(text -> !text.startsWith("<")).toList();
    }

    List<TailMark.State> states() {
        return batches.stream()
                .flatMap(batch -> batch.marks().stream())
                .filter(TailMark.State.class::isInstance)
                .map(TailMark.State.class::cast)
                .toList();
    }

    /** The first gap. */
    TailMark.Gap gap() {
        return batches.stream()
                .flatMap(batch -> batch.marks().stream())
                .filter(TailMark.Gap.class::isInstance)
                .map(TailMark.Gap.class::cast)
                .findFirst()
                .orElseThrow();
    }

    int lineCount() {
        return batches.stream().mapToInt(batch -> batch.lines().count()).sum();
    }

    void awaitText(String text) {
        await("the line " + text, () -> seen().contains(text));
    }

    void awaitState(LogStateKind kind) {
        awaitStates(kind, 1);
    }

    void awaitStates(LogStateKind kind, int count) {
        await(
                count + " x " + kind,
                () -> states().stream().filter(state -> state.state() == kind).count() >= count);
    }

    void awaitLines(int count) {
        await(count + " lines", () -> lineCount() >= count);
    }

    void await(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("there never was " + what + ", only " + brief(), e);
        }
    }

    private String brief() {
        List<String> seen = seen().stream()
                .map(text -> text.length() > 60 ? text.substring(0, 60) + "…" : text)
                .toList();
        return seen.size() + " " + seen.subList(Math.max(0, seen.size() - 12), seen.size());
    }

    private Future<BatchTaken> take(LogBatch batch) {
        batches.add(batch);
        return verdict.apply(batch);
    }

    private static String describe(TailMark mark) {
        return switch (mark) {
            case TailMark.State state -> "<" + state.state().wireName() + ">";
            case TailMark.Gap gap -> "<gap " + gap.reason().wireName() + ">";
        };
    }
}
