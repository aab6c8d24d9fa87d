package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import io.dockrelay.protocol.bus.AskClock;
import io.dockrelay.protocol.bus.ClockReading;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.ClientMessage.Ping;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.ServerMessage.Pong;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The clock of a remote controller: asks it with a {@code ping}, if it has the feature. One question at a time is open. Owned by
 * its {@link RemoteController}, on its context.
 */
final class RemoteClock {

    /** The feature of a controller whose {@code pong} has the time in microseconds. */
    static final String FEATURE = "clock";

    private final String controller;
    private final LinkKind kind;
    private final Consumer<String> socket;

    /** True while there is a connection to a controller that can be asked. */
    private boolean able;

    /** The last question's id; grows. */
    private long asked;

    /** Completes with the answer to the last question; null when it has been answered, or none was asked. */
    private Promise<ClockReading> open;

    RemoteClock(String controller, LinkKind kind, Consumer<String> socket) {
        this.controller = controller;
        this.kind = kind;
        this.socket = socket;
    }

    /** @param features of the connected controller */
    void connected(List<String> features) {
        end();
        able = features.contains(FEATURE);
    }

    void disconnected() {
        end();
        able = false;
    }

    Future<ClockReading> ask(AskClock question) {
        if (!able) {
            return Future.failedFuture(
                    Refusal.notSupported("controller " + controller + " does not report the time of its clock now"));
        }
        end();
        open = Promise.promise();
        asked++;
        socket.accept(WireJson.text(new Ping("clock-" + asked)));
        return open.future();
    }

    /** An answer that is late, or has no such time, is ignored. */
    void received(Pong pong) {
        if (open != null && pong.epochMicros() != null && ("clock-" + asked).equals(pong.id())) {
            Promise<ClockReading> answered = open;
            open = null;
            answered.complete(ClockReading.over(kind, pong.epochMicros()));
        }
    }

    private void end() {
        if (open != null) {
            Promise<ClockReading> unanswered = open;
            open = null;
            unanswered.fail(new Refusal(
                    RefusalKind.CONTROLLER_UNAVAILABLE, "controller " + controller + " did not report its time"));
        }
    }
}
