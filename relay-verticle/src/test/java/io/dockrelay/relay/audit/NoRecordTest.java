package io.dockrelay.relay.audit;

import org.junit.jupiter.api.Test;

import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;

import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;

/** A relay without a folder for a record. */
class NoRecordTest {

    @Test
    void relayWithoutAFolderSaysSoAndControlsContainers() throws Exception {
        try (var relay = new RunningRelay();
                var controller = new BusController(relay.vertx, "edge-1", running("web"))) {
            try (Page page = relay.page()) {
                page.expect("the list", message -> !message.path("containers").isEmpty());
            }
            assertThat(relay.post("/api/container/web/stop").status()).isEqualTo(202);
            assertThat(controller.controls).hasSize(1);
            assertThat(relay.get("/api/record").json().path("kept").asBoolean()).isFalse();
            assertThat(relay.get("/api/record/export").status()).isEqualTo(404);
        }
    }
}
