package io.dockrelay.controller.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.controller.testing.Settings;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Load balancers check the health in HTTP/1.0, without a Host header, and with OPTIONS unless a method is configured. */
class HealthCheckTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine engine = new ScriptedEngine();
    private final ControllerVerticle controller = new ControllerVerticle();

    @AfterEach
    void close() {
        await(vertx.close());
        engine.close();
    }

    @Test
    void loadBalancerWithoutAHostHeaderGetsTheHealth() throws IOException {
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(engine.host()))));

        assertThat(raw("GET /health HTTP/1.0")).startsWith("HTTP/1.0 200").endsWith("ok");
        assertThat(raw("OPTIONS /health HTTP/1.0")).startsWith("HTTP/1.0 200");
        assertThat(raw("GET /containers HTTP/1.0")).startsWith("HTTP/1.0 400");
    }

    private String raw(String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), controller.apiPort())) {
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
