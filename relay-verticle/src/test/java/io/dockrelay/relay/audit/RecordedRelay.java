package io.dockrelay.relay.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;

import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;

import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.running;
import static org.awaitility.Awaitility.await;

/** A relay that records, with a scripted controller. */
final class RecordedRelay implements AutoCloseable {

    final RunningRelay relay;
    final BusController controller;

    RecordedRelay(Path folder) throws Exception {
        relay = new RunningRelay(new JsonObject().put("recordFolder", folder.toString()));
        controller = new BusController(relay.vertx, "edge-1", running("web"), exited("db"));
        try (Page page = relay.page()) {
            page.expect("the list", message -> message.path("containers").size() >= 2);
        }
    }

    /** Newest first. */
    List<JsonNode> entries(String query) throws Exception {
        RunningRelay.Answer answer = relay.get("/api/record?limit=500" + query);
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
        List<JsonNode> entries = new ArrayList<>();
        answer.json().path("entries").forEach(entries::add);
        return entries;
    }

    /** The newest entry that is as described, when there is one. */
    JsonNode awaitEntry(Predicate<JsonNode> which) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> entries("").stream().filter(which).findFirst().orElse(null), found -> found != null);
    }

    static Predicate<JsonNode> entryOf(String what, String outcome) {
        return entry -> entry.path("what").asText().equals(what)
                && entry.path("outcome").asText().equals(outcome);
    }

    @Override
    public void close() {
        controller.close();
        relay.close();
    }
}
