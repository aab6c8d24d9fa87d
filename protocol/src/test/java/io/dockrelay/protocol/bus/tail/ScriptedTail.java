package io.dockrelay.protocol.bus.tail;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailOpened;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A controller with one container, {@code web}, whose lines the test writes. Its tail is a {@link TailSender}. */
final class ScriptedTail implements TailSender.Tail {

    private static final String TIMESTAMP = "2025-11-25T22:52:30.123456789Z ";

    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Queue<String> lines = new ArrayDeque<>();
    private final Vertx vertx;
    private final Bus bus;
    private final Context context;

    /** Null until a tail is opened. */
    private TailSender sender;

    private String delivered;

    ScriptedTail(Vertx vertx, String controller) {
        this.vertx = vertx;
        bus = Bus.of(vertx);
        context = vertx.getOrCreateContext();
        context.runOnContext(start -> {
            Registration opens = bus.answer(Addresses.openTail(controller), this::open);
            Registration closes = bus.answer(Addresses.closeTail(controller), this::close);
            Future.all(opens.ready(), closes.ready()).onSuccess(ready -> events.add("listening"));
        });
    }

    void write(String... texts) {
        context.runOnContext(turn -> {
            lines.addAll(List.of(texts));
            if (sender != null) {
                sender.send();
            }
        });
    }

    private Future<TailOpened> open(OpenTail request) {
        sender = new TailSender(vertx, bus, request.subscription(), this);
        context.runOnContext(afterTheAnswer -> sender.send());
        return Future.succeededFuture(new TailOpened("web"));
    }

    private Future<Acknowledged> close(CloseTail request) {
        if (sender != null) {
            sender.close();
        }
        events.add("closed");
        return Future.succeededFuture(new Acknowledged());
    }

    @Override
    public String container() {
        return "web";
    }

    @Override
    public String delivered() {
        return delivered;
    }

    @Override
    public LogBatch next(long sequence) {
        if (lines.isEmpty() && sequence > 0) {
            return null;
        }
        var builder = new LineBlockBuilder();
        for (String text = lines.poll(); text != null; text = lines.poll()) {
            byte[] line = (TIMESTAMP + text).getBytes(UTF_8);
            builder.line('o', line, 0, line.length);
        }
        delivered = "c" + sequence;
        return LogBatch.of(sequence, "web", List.of(), new LogSlice(builder.take(), null, delivered));
    }

    @Override
    public void ready() {
        events.add("ready");
        sender.send();
    }

    @Override
    public void waiting() {
        events.add("waiting");
    }

    @Override
    public void jump() {
        events.add("jump");
    }

    @Override
    public void receiverGone(String why) {
        events.add("gone");
    }
}
