package io.dockrelay.protocol.bus.tail;

import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.TailFrom;

/** The smallest verticle that reads a log: the example of the README. */
final class LogPrinter extends VerticleBase {

    private final Consumer<String> printer;
    private TailReceiver tail;

    LogPrinter(Consumer<String> printer) {
        this.printer = printer;
    }

    @Override
    public Future<?> start() {
        tail = new TailReceiver(
                vertx, Bus.of(vertx), "local", batch -> batch.lines().lines().forEach(printer));
        return tail.open("web", new TailFrom.Lines(10));
    }

    @Override
    public Future<?> stop() {
        tail.close();
        return Future.succeededFuture();
    }
}
