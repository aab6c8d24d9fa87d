package io.dockrelay.relay.uplink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteTailsTest {

    private final Vertx vertx = Vertx.vertx();
    private final RemoteTails tails = new RemoteTails(
            vertx,
            Bus.of(vertx),
            UplinkFixture.LIMITS,
            ignoring(),
            (container, lines) -> Future.failedFuture("not asked"));

    private static ControllerSocket ignoring() {
        return new ControllerSocket() {
            @Override
            public void send(String text) {}

            @Override
            public void drop(String why) {}
        };
    }

    @AfterEach
    void close() throws Exception {
        UplinkFixture.done(vertx.close());
    }

    @Test
    void tailThatIsClosedWhileItOpensIsRefusedAtOnce() {
        tails.connected(WireVersion.CURRENT, false);
        Future<TailOpened> opened = tails.open(new OpenTail("mine", "web", new TailFrom.Lines(0), false));

        tails.close();

        assertThat(UplinkFixture.refusal(() -> FakeController.get(opened)).kind())
                .isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
    }
}
