package io.dockrelay.protocol.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.Golden;
import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The lines of {@code golden/search.jsonl}. */
class SearchLinesTest {

    private static List<String> golden() throws IOException {
        try (InputStream in = SearchLinesTest.class.getResourceAsStream("/golden/search.jsonl")) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Test
    void lineIsTheSameAfterReadingAndWriting() throws IOException {
        for (String line : golden()) {
            SearchItem item = SearchLines.read(line.getBytes(UTF_8));

            assertThat(item).isNotInstanceOf(SearchItem.Unrecognised.class);
            assertThat(Golden.tree(WireJson.write(item))).isEqualTo(Golden.tree(line.getBytes(UTF_8)));
        }
    }

    @Test
    void partIsItsHitsAndThenItsProgressOrItsEnd() throws IOException {
        List<SearchItem> items = golden().stream()
                .map(line -> SearchLines.read(line.getBytes(UTF_8)))
                .toList();
        var hit = (SearchItem.Hit) items.get(0);
        var progress = (SearchItem.Progress) items.get(2);
        var end = (SearchItem.End) items.get(5);

        String going = new String(SearchLines.write(new SearchPart(List.of(hit, hit), progress, null)), UTF_8);
        String ended = new String(SearchLines.write(new SearchPart(List.of(), progress, end)), UTF_8);

        assertThat(going.lines()).containsExactly(golden().get(0), golden().get(0), golden().get(2));
        assertThat(ended.lines()).containsExactly(golden().get(5));
    }

    @Test
    void lineOfALaterVersionIsIgnored() {
        assertThat(SearchLines.read("{\"type\":\"news\",\"x\":1}".getBytes(UTF_8)))
                .isInstanceOf(SearchItem.Unrecognised.class);
    }
}
