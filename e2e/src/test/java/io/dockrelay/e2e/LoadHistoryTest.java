package io.dockrelay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.SplitDeployment;

import static org.assertj.core.api.Assertions.assertThat;

/** The load of the past, from the engine through controller and relay, and over a restart of the controller. */
@Tag("engine")
class LoadHistoryTest {

    @Test
    void pastLoadIsThereWithoutAViewerAndAfterARestart(@TempDir Path folder) {
        try (TestEngine engine = TestEngine.create()) {
            engine.run("busy", "while :; do :; done");
            Map<String, String> settings = Map.of(
                    "CONTROLLER_LOAD_HISTORY",
                    "2s",
                    "CONTROLLER_DATA_FOLDER",
                    folder.resolve("data").toString());
            try (SplitDeployment deployment = SplitDeployment.open(engine, settings)) {
                Await.until("its CPU", Await.DEFAULT, () -> known(deployment.relayApi()) >= 2);
                JsonNode recent =
                        deployment.relayApi().get("/api/stats/history").json();
                assertThat(recent.at("/controllers/0/controller").asText()).isEqualTo("edge-1");
                assertThat(recent.at("/controllers/0/items/0/cpu_cores")).anyMatch(JsonNode::isNumber);

                int before = known(deployment.relayApi());
                deployment.controller().close();
                deployment.startController();
                deployment.awaitConnected();

                Await.until("the load of before", Await.DEFAULT, () -> known(deployment.relayApi()) > before);
                assertThat(nulls(history(deployment.relayApi())))
                        .as("the time without a controller is a gap")
                        .isPositive();
            }
        }
    }

    /** Null until the relay lists it. */
    private static JsonNode history(Rest relay) {
        Instant since = Instant.now().minus(Duration.ofMinutes(5));
        Rest.Answer answer = relay.get("/api/container/busy/stats/history?step=2&since=" + since);
        return answer.status() == 200 ? answer.json().at("/cpu_cores/mean") : null;
    }

    private static int known(Rest relay) {
        JsonNode values = history(relay);
        int known = 0;
        for (int i = 0; values != null && i < values.size(); i++) {
            known += values.get(i).isNumber() ? 1 : 0;
        }
        return known;
    }

    /** Unknown values between known ones. */
    private static int nulls(JsonNode values) {
        int first = 0;
        while (values.get(first).isNull()) {
            first++;
        }
        int last = values.size() - 1;
        while (values.get(last).isNull()) {
            last--;
        }
        int nulls = 0;
        for (int i = first; i < last; i++) {
            nulls += values.get(i).isNull() ? 1 : 0;
        }
        return nulls;
    }
}
