package io.dockrelay.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.Golden;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.Waypoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogPagesTest {

    @Test
    void pageIsTheSameAfterEncodingAndDecoding() {
        var builder = new LineBlockBuilder();
        byte[] line = "2025-11-25T22:52:30.123456789Z say \"hi\"".getBytes(StandardCharsets.UTF_8);
        builder.line('o', line, 0, line.length);
        builder.line('e', line, 0, line.length);
        var page = new LogPage(
                "web",
                new LogSlice(builder.take(), "Zmlyc3Q", "bGFzdA"),
                true,
                false,
                true,
                List.of(new Waypoint(1, "Zmlyc3Q", "bGFzdA")),
                new TailMark.Gap(GapReason.DAMAGED, null, "Zmlyc3Q", null));

        byte[] json = LogPages.write(page, "edge-1");

        assertThat(LogPages.read(json)).isEqualTo(page);
        assertThat(Golden.tree(json).get("count").intValue()).isEqualTo(2);
        assertThat(Golden.tree(json).get("streams").textValue()).isEqualTo("oe");
        assertThat(Golden.tree(json).get("incomplete").get("reason").textValue())
                .isEqualTo("damaged");
        assertThat(Golden.tree(json).get("controller").textValue()).isEqualTo("edge-1");
    }

    @Test
    void waypointsThatDoNotFitTheLinesAreDropped() {
        String page = "{\"container\":\"web\",\"logs\":[\"2025-11-25T22:52:30.123456789Z a\"],"
                + "\"waypoints\":[{\"lines\":1,\"cursor\":\"x\",\"more\":[]}],\"more_after\":true}";

        LogPage read = LogPages.read(page.getBytes(StandardCharsets.UTF_8));

        assertThat(read.waypoints()).isEmpty();
        assertThat(read.moreAfter()).isTrue();
    }

    @Test
    void pageOfAVersionOneControllerIsRead() {
        LogPage page =
                LogPages.read("{\"container\":\"web\",\"logs\":[\"2025-11-25T22:52:30.123456789Z a\"],\"count\":1}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(page.lines().count()).isEqualTo(1);
        assertThat(page.cursor()).isNull();
        assertThatThrownBy(() -> LogPages.read("{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void queryIsReadAsItWasWritten() {
        var page = new ReadLogs(
                "web",
                Anchor.THROUGH,
                "AbC-_1",
                "2025-11-25T22:52:30.123456789Z",
                "2025-11-25T23:00:00.000000000Z",
                40);

        String query = LogQueries.write(page);

        assertThat(LogQueries.read("web", parametersOf(query)::get)).isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({
        "tail=7, NEWEST, , 7",
        "tail=70000, NEWEST, , 5000",
        "limit=0, NEWEST, , 0",
        "x=1, NEWEST, , 500",
        "after=AbC, AFTER, AbC, 500",
        "around=2025-11-25T23:52:30%2B01:00, AROUND, 2025-11-25T22:52:30.000000000Z, 500"
    })
    void handWrittenQueriesAreRead(String query, Anchor anchor, String position, int limit) {
        ReadLogs page = LogQueries.read("web", parametersOf("?" + query)::get);

        assertThat(page).isEqualTo(new ReadLogs("web", anchor, position, null, null, limit));
    }

    @ParameterizedTest
    @CsvSource({"tail=all", "tail=-1", "limit=0.5", "limit=1e3", "after=no cursor", "since=yesterday", "until=5"})
    void wrongQueryIsRefusedWithAReason(String query) {
        Map<String, String> parameters = parametersOf("?" + query);

        assertThatThrownBy(() -> LogQueries.read("web", parameters::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(query.substring(0, query.indexOf('=')));
    }

    @Test
    void afterAndBeforeTogetherAreTheLinesBetween() {
        ReadLogs page = LogQueries.read("web", Map.of("after", "a", "before", "b", "limit", "9")::get);

        assertThat(page).isEqualTo(new ReadLogs("web", Anchor.AFTER, "a", null, null, 9, "b"));
        assertThat(LogQueries.read("web", parametersOf(LogQueries.write(page))::get))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({"after, around", "before, through", "around, through"})
    void otherAnchorsCannotBeCombined(String one, String other) {
        Map<String, String> parameters = Map.of(one, "a", other, "b");

        assertThatThrownBy(() -> LogQueries.read("web", parameters::get)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, String> parametersOf(String query) {
        Map<String, String> parameters = new java.util.HashMap<>();
        for (String pair : query.substring(1).split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals),
                    java.net.URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Test
    void limitOfAnySizeIsReducedToTheMaximum() {
        for (String limit : List.of("5001", "1000000000", "9".repeat(400), "0000000000005000")) {
            assertThat(LogQueries.read("web", Map.of("limit", limit)::get).limit())
                    .isEqualTo(LogQueries.MAX_LINES);
        }
        assertThat(LogQueries.read("web", Map.of("limit", "00000000007")::get).limit())
                .isEqualTo(7);
    }
}
