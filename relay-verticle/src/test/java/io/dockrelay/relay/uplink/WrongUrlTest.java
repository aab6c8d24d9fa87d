package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

import io.dockrelay.listener.HttpListener;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** URLs that lead to something else: the reason says what answers there, and which setting to change. */
class WrongUrlTest extends UplinkFixture {

    @Test
    void restPortInPlaceOfTheWebSocket() throws Exception {
        var rest = new Port(false);
        done(vertx.deployVerticle(rest));

        assertThat(reasonAt("ws://localhost:" + rest.number))
                .contains("HTTP", "404", "There is nothing at this path.", "controllerWs (CONTROLLER_WS)");
    }

    @Test
    void relayInPlaceOfAController() throws Exception {
        try (var relay = new RunningRelay()) {
            assertThat(reasonAt("ws://localhost:" + relay.port())).contains("a relay answers", "CONTROLLER_WS");
        }
    }

    @Test
    void tlsWhereThereIsNone() throws Exception {
        remote.start();

        assertThat(reasonAt("wss://localhost:" + remote.target().ws().getPort()))
                .isEqualTo("it does not speak TLS; write ws:// in place of wss://, or http:// in place of https://");
    }

    @Test
    void webSocketPortInPlaceOfTheRestInterface() throws Exception {
        var sockets = new Port(true);
        done(vertx.deployVerticle(sockets));
        remote.start();
        deploy(remote.target().ws(), URI.create("http://localhost:" + sockets.number));
        await().until(() -> connected(ID));

        Refusal refusal = refusal(() -> read(new ReadLogs("web", ReadLogs.Anchor.NEWEST, null, null, null, 10)));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.ENGINE_ERROR);
        assertThat(refusal).hasMessageContainingAll("WebSocket port", "controllerApi (CONTROLLER_API)");
    }

    private String reasonAt(String ws) throws Exception {
        deploy(URI.create(ws), URI.create("http://localhost:1"));
        await().until(() -> presences.stream().anyMatch(presence -> presence.message() != null));
        return presences.stream()
                .map(ControllerPresence::message)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private void deploy(URI ws, URI api) throws Exception {
        deployment = FakeController.get(
                vertx.deployVerticle(new Uplink(new UplinkTarget(ws, api), LIMITS, new RepresentedIds())));
    }

    /** One of a controller's two ports, without the controller. */
    private static final class Port extends VerticleBase {

        private static final AccessSettings ACCESS = new AccessSettings(
                List.of(), List.of(), List.of(), "names (NAMES)", "origins (ORIGINS)", "proxies (PROXIES)");

        private final boolean ofWebSockets;
        private HttpListener listener;
        private volatile int number;

        Port(boolean ofWebSockets) {
            this.ofWebSockets = ofWebSockets;
        }

        @Override
        public Future<?> start() {
            var address = new ListenAddress("127.0.0.1", 0, "port (PORT)", "bind (BIND)");
            var bare = new HttpListener(vertx, address, ACCESS, new Limits(10, 10, 10));
            Router router = Router.router(vertx);
            JsonErrors.install(router);
            listener = ofWebSockets ? bare.webSockets(Set.of("/"), client -> {}) : bare.requests(router);
            return listener.open().onSuccess(port -> number = port);
        }

        @Override
        public Future<?> stop() {
            return listener.close();
        }
    }
}
