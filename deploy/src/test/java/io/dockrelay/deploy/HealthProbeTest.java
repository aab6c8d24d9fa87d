package io.dockrelay.deploy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(VertxExtension.class)
class HealthProbeTest {

    @Test
    void statusIsThatOfTheServer(Vertx vertx) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(request.path().equals("/health") ? 200 : 503)
                        .end()
                        .onFailure(gone -> {}))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        String base = "http://localhost:" + server.actualPort();

        assertThat(HealthProbe.ask(URI.create(base + "/health"))).isEqualTo(200);
        assertThat(HealthProbe.ask(URI.create(base + "/other"))).isEqualTo(503);
    }

    @Test
    void missingServerIsAFailure() {
        assertThatThrownBy(() -> HealthProbe.ask(URI.create("http://127.0.0.1:1/")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void defaultUrlIsTheDashboard() {
        assertThat(HealthProbe.defaultUrl(Map.of())).isEqualTo("http://127.0.0.1:3000/api/health");
        assertThat(HealthProbe.defaultUrl(Map.of("PORT", "3100"))).isEqualTo("http://127.0.0.1:3100/api/health");
    }
}
