package io.dockrelay.relay.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkLoadTest extends UplinkFixture {

    private static final AskLoadHistory QUESTION =
            new AskLoadHistory("we b/1", Instant.parse("2025-11-25T21:53:00Z"), null, 60_000);

    @Test
    void pastLoadIsFetchedOverRestWithTheIdOfThisBus() throws Exception {
        remote.more = List.of("stats_history");
        remote.answers.put("/container/we%20b%2F1/stats/history", golden("load_history"));
        remote.answers.put("/stats/history", golden("recent_load"));
        connect();

        LoadHistory history = FakeController.get(bus.ask(Addresses.loadHistory(ID), QUESTION));
        assertThat(history.controller()).isEqualTo(ID);
        assertThat(history.host().controller()).isEqualTo(ID);
        assertThat(history.cpuCores().max()).containsExactly(0.0299, null, 0.9871);
        assertThat(remote.requests)
                .contains("GET /container/we%20b%2F1/stats/history?since=2025-11-25T21%3A53%3A00.000Z&step=60");

        RecentLoad recent = FakeController.get(bus.ask(Addresses.recentLoad(ID), new AskRecentLoad()));
        assertThat(recent.controller()).isEqualTo(ID);
        assertThat(recent.items()).hasSize(2);
    }

    @Test
    void answerThatCannotBeReadIsARefusal() throws Exception {
        remote.more = List.of("stats_history");
        remote.answers.put("/stats/history", "<html>");
        connect();

        var refusal = refusal(() -> FakeController.get(bus.ask(Addresses.recentLoad(ID), new AskRecentLoad())));
        assertThat(refusal.kind()).isEqualTo(RefusalKind.ENGINE_ERROR);
    }

    @Test
    void controllerWithoutHistoryIsNotAsked() throws Exception {
        connect();
        var refusal = refusal(() -> FakeController.get(bus.ask(Addresses.loadHistory(ID), QUESTION)));
        assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_SUPPORTED);
        assertThat(remote.requests).noneMatch(request -> request.contains("stats"));
    }

    @Test
    void controllerOfVersion1IsNotAsked() throws Exception {
        remote.v1 = true;
        deploy();
        String id = remote.target().placeholder();
        await().until(() -> connected(id));

        var refusal = refusal(() -> FakeController.get(bus.ask(Addresses.recentLoad(id), new AskRecentLoad())));
        assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_SUPPORTED);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = LoadHistory.class.getResourceAsStream("/golden/" + name + ".json")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
