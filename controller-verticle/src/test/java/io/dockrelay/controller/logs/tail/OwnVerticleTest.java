package io.dockrelay.controller.logs.tail;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.tail.TailReceiver;
import io.dockrelay.protocol.logs.TailFrom;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** A verticle outside this project needs only the receiver to read a log. */
@OnRealEngine
class OwnVerticleTest extends LogsOnRealEngine {

    OwnVerticleTest(TestEngine real) {
        super(real);
    }

    @Test
    void aVerticleOfOneScreenReadsALog() throws InterruptedException {
        real.run("web", "mkfifo /tmp/go; echo old; read x < /tmp/go; echo new; sleep 1000");
        awaitStored("web", "old");
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        String deployment = await(vertx.deployVerticle(new LogPrinter(lines::add)));
        assertThat(lines.poll(20, TimeUnit.SECONDS)).endsWith(" old");
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        assertThat(lines.poll(20, TimeUnit.SECONDS)).endsWith(" new");

        await(vertx.undeploy(deployment));
        awaitTails(0);
    }

    private static final class LogPrinter extends VerticleBase {

        private final Consumer<String> printer;
        private TailReceiver tail;

        LogPrinter(Consumer<String> printer) {
            this.printer = printer;
        }

        @Override
        public Future<?> start() {
            Bus bus = Bus.of(vertx);
            tail = new TailReceiver(
                    vertx,
                    bus,
                    Settings.CONTROLLER,
                    batch -> batch.lines().lines().forEach(printer));
            return tail.open("web", new TailFrom.Lines(10));
        }

        @Override
        public Future<?> stop() {
            tail.close();
            return Future.succeededFuture();
        }
    }
}
