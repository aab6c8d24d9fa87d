package io.dockrelay.protocol.search;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The query of a search. */
class SearchParametersTest {

    private static Function<String, List<String>> parameters(String query) {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.computeIfAbsent(pair.substring(0, equals), first -> new ArrayList<>())
                    .add(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return name -> values.getOrDefault(name, List.of());
    }

    @Test
    void queryIsTheSameAfterWritingAndReading() {
        var scope = new SearchScope(List.of("edge-1/we b", "api"), null);
        var filter = new SearchFilter(
                List.of(
                        new SearchTerm("a&b=c ü", false, false),
                        new SearchTerm("x+|\\d", true, false),
                        new SearchTerm("not", false, true),
                        new SearchTerm("n.t", true, true)),
                true,
                List.of(LineLevel.ERROR, LineLevel.OTHER),
                false,
                "stderr");
        var bounds = new SearchBounds(
                "2025-11-25T22:00:00.000000000Z",
                "2025-11-25T23:00:00.000000000Z",
                new SearchPosition("2025-11-25T22:30:00.000000001Z", "abc-_1"),
                new SearchPosition(null, "def"));
        var query = new SearchQuery(filter, bounds, true, 7, false);

        String written = SearchParameters.write(scope, query);

        assertThat(SearchParameters.query(parameters(written))).isEqualTo(query);
        assertThat(SearchParameters.scope(parameters(written))).isEqualTo(scope);
    }

    @Test
    void defaultsAreTheNewestHundredHitsOfAll() {
        SearchQuery query = SearchParameters.query(parameters("text="));

        assertThat(query.filter().terms()).isEmpty();
        assertThat(query.filter().traces()).isTrue();
        assertThat(query.limit()).isEqualTo(100);
        assertThat(query.oldestFirst()).isFalse();
        assertThat(query.counts()).isTrue();
        assertThat(SearchParameters.query(parameters("limit=999999")).limit()).isEqualTo(1000);
        assertThat(SearchParameters.query(parameters("limit=1000000000")).limit())
                .isEqualTo(1000);
        assertThat(SearchParameters.scope(parameters("project=shop")).project()).isEqualTo("shop");
    }

    @Test
    void positionIsACursorOrATimeOrBoth() {
        SearchBounds bounds = SearchParameters.query(parameters("before=2025-11-25T23:00:00%2B01:00&after=abc"))
                .bounds();

        assertThat(bounds.before()).isEqualTo(new SearchPosition("2025-11-25T22:00:00.000000000Z", null));
        assertThat(bounds.after()).isEqualTo(new SearchPosition(null, "abc"));
    }

    @ParameterizedTest
    @CsvSource({
        "levels=error%2Cfatal, levels",
        "stream=both, stream",
        "since=yesterday, since",
        "until=1, until",
        "before=no+cursor, before",
        "after=x~y, after",
        "order=newest+first, order",
        "limit=-1, limit",
        "limit=all, limit",
        "count=no, count",
        "ignore_case=1, ignore_case",
        "traces=none, traces"
    })
    void invalidParameterIsNamed(String query, String name) {
        assertThatThrownBy(() -> SearchParameters.query(parameters(query)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void numberAndLengthOfTermsAreBounded() {
        assertThatThrownBy(() -> SearchParameters.query(parameters("text=" + "x".repeat(1001))))
                .hasMessageContaining("1000 characters");
        assertThatThrownBy(() -> SearchParameters.query(parameters("text=x&".repeat(17) + "text=x")))
                .hasMessageContaining("16 terms");
        String kilobyte = "text=" + "x".repeat(1000) + "&not_text=" + "y".repeat(24);
        String most = String.join("&", kilobyte, kilobyte, kilobyte, kilobyte);
        assertThat(SearchParameters.query(parameters(most)).filter().terms()).hasSize(8);
        assertThatThrownBy(() -> SearchParameters.query(parameters(most + "&regex=z")))
                .hasMessageContaining("4096 bytes");
        assertThatThrownBy(() -> SearchParameters.query(parameters(most.replace("y".repeat(24), "ü".repeat(24)))))
                .hasMessageContaining("4096 bytes");
        assertThatThrownBy(() -> SearchParameters.scope(parameters("container=x&".repeat(101) + "limit=1")))
                .hasMessageContaining("100 containers");
        assertThatThrownBy(() -> SearchParameters.scope(parameters("container=x&project=y")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
