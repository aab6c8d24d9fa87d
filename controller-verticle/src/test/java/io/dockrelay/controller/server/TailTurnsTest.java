package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LineDeflater;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.onContext;
import static org.assertj.core.api.Assertions.assertThat;

class TailTurnsTest {

    private static final String CONTROLLER = "edge-1";

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);

    /** The names of the logs that were opened. */
    private final List<String> opened = new ArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void logIsOpenedWhenAnEarlierTailHasEnded() {
        var turns = new TailTurns(2);
        List<ClientLog> logs = List.of(log("a"), log("b"), log("c"), log("d"));
        logs.forEach(log -> turns.add(log, () -> opened.add(log.name())));
        assertThat(opened).containsExactly("a", "b");

        logs.get(1).close();
        assertThat(opened).containsExactly("a", "b", "c");

        logs.get(0).close();
        assertThat(opened).containsExactly("a", "b", "c", "d");
    }

    @Test
    void logThatIsClosedBeforeItsTurnIsNotOpened() {
        var turns = new TailTurns(1);
        List<ClientLog> logs = List.of(log("a"), log("b"), log("c"));
        logs.forEach(log -> turns.add(log, () -> opened.add(log.name())));

        logs.get(1).close();
        logs.get(0).close();

        assertThat(opened).containsExactly("a", "c");
    }

    /** The tail of a log that is closed costs the engine requests until its controller has ended it. */
    @Test
    void tailThatIsBeingClosedStillHasItsTurn() {
        Promise<Acknowledged> ending = Promise.promise();
        await(bus.answer(Addresses.closeTail(CONTROLLER), close -> ending.future())
                .ready());
        ClientLog first = log("a");

        await(onContext(vertx, () -> {
            var turns = new TailTurns(1);
            // Nothing answers the request to open, so the log is closed.
            Promise<Void> refused = Promise.promise();
            turns.add(first, () -> {
                opened.add("a");
                first.open(10, () -> {}).onFailure(failure -> refused.complete());
            });
            turns.add(log("b"), () -> opened.add("b"));
            return refused.future();
        }));
        assertThat(first.isClosed()).isTrue();
        assertThat(opened).containsExactly("a");

        Future<Void> ended = first.ended();
        ending.complete(new Acknowledged());
        await(ended);
        assertThat(opened).containsExactly("a", "b");
    }

    /** A log without a client: nothing is sent. */
    private ClientLog log(String container) {
        var frames = new BatchFrames(null, LineForm.TEXT, new LineDeflater());
        return new ClientLog(
                vertx, bus, CONTROLLER, null, new SubscribeLogs(container, 10, null, null, false), container, frames);
    }
}
