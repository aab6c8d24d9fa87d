package io.dockrelay.relay.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.rights.Grants;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.fleet.Containers;
import io.dockrelay.settings.SettingsException;

import static org.assertj.core.api.Assertions.assertThat;

class GrantsFileTest {

    private static final String VIEWER = "{\"grants\": [{\"everyone\": true, \"role\": \"viewer\"}]}";
    private static final String OPERATOR = "{\"grants\": [{\"everyone\": true, \"role\": \"operator\"}]}";

    @TempDir
    Path folder;

    @Test
    void fileIsReadAgainWhenItChangesAndAMistakeKeepsTheLastGrants() throws Exception {
        Path file = write(VIEWER);
        try (var relay = new RunningRelay(new JsonObject().put("grantsFile", file.toString()))) {
            assertThat(new BusController(relay.vertx, "east", Containers.running("web")))
                    .isNotNull();
            Awaitility.await().until(() -> relay.get("/api/data").body().contains("\"web\""));
            assertThat(relay.post("/api/container/web/restart").status()).isEqualTo(403);
            Page page = relay.page();
            JsonNode web = page.awaitType("container_update").path("containers").path(0);
            assertThat(web.path("rights").toString()).isEqualTo("[\"view\",\"stats\"]");
            assertThat(web.path("actions").path("stop").asText()).isEqualTo("your rights do not allow it here");

            assertThat(write(OPERATOR)).isEqualTo(file);
            Awaitility.await()
                    .until(() -> relay.post("/api/container/web/restart").status() == 202);
            page.expect(
                    "the new rights",
                    message -> message.path("containers").size() == 1
                            && message.path("containers").path(0).path("rights").isMissingNode());

            assertThat(write("{\"grants\": [")).isEqualTo(file);
            assertStaysAllowed(relay);
            Files.delete(file);
            assertStaysAllowed(relay);
            assertThat(write(VIEWER)).isEqualTo(file);
            Awaitility.await()
                    .until(() -> relay.post("/api/container/web/restart").status() == 403);
        }
    }

    @Test
    void mistakeAtTheStartIsReportedWithItsPlace() throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            var file = new GrantsFile(vertx, write("{\"grants\": [{\"user\": \"a\"}]}"), user -> true);
            Future<Grants> started = file.start(grants -> {});
            Awaitility.await().until(started::isComplete);
            assertThat(started.cause())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("grants[0].role must be a text");
        } finally {
            Soon.done(vertx.close());
        }
    }

    /** For longer than a change takes. */
    private static void assertStaysAllowed(RunningRelay relay) {
        Awaitility.await()
                .during(Duration.ofMillis(900))
                .atMost(Duration.ofSeconds(5))
                .until(() -> relay.post("/api/container/web/restart").status() == 202);
    }

    /** Replaced at once, as an editor does. */
    private Path write(String json) throws IOException {
        Path file = folder.resolve("grants.json");
        Path next = Files.write(folder.resolve("next.json"), List.of(json));
        return Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
