package io.dockrelay.controller.server;

import java.util.List;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.listener.testing.OpenApiFile;
import io.dockrelay.protocol.bus.Bus;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI file has the routes of a controller, and no other. */
class OpenApiRoutesTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void fileHasEachRouteAndNoOther() {
        var routes = new ControllerRoutes(Bus.of(vertx), "edge-1");

        assertThat(OpenApiFile.read("docs/openapi-controller.yaml")
                        .differences(List.of(routes.router(vertx)), "controller-verticle (ControllerRoutes)"))
                .isEmpty();
    }
}
