package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.BusSearch;
import io.dockrelay.protocol.search.SearchBounds;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchPosition;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.search.SearchTerm;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches that an uplink passes on to its controller's REST interface. */
class UplinkSearchTest extends UplinkFixture {

    private static final String HIT = "{\"type\":\"hit\",\"container\":\"web\",\"id\":\"abc123ef0123\","
            + "\"timestamp\":\"2025-11-25T22:52:30.123456789Z\",\"stream\":\"stderr\",\"text\":\"boom\",\"cursor\":\"c\"}\n";
    private static final String PROGRESS =
            "{\"type\":\"progress\",\"lines\":5,\"bytes\":50,\"hits\":1,\"reached\":null,\"at\":null}\n";
    private static final String END = "{\"type\":\"end\",\"complete\":true,\"lines\":10,\"bytes\":100,\"hits\":1,"
            + "\"next\":null,\"failed\":[]}\n";

    private static final SearchQuery QUERY = new SearchQuery(
            new SearchFilter(List.of(new SearchTerm("bo om", false, false)), true, List.of(), true, null),
            new SearchBounds(null, null, new SearchPosition(null, "cur"), null),
            false,
            7,
            true);

    private BusSearch open(SearchScope scope) throws Exception {
        return FakeController.get(BusSearch.open(bus, ID, scope, QUERY));
    }

    @Test
    void searchIsPassedOnAndItsLinesArrive() throws Exception {
        remote.searchAnswer = HIT + "{\"type\":\"of a later version\"}\n" + PROGRESS + END;
        connect();

        BusSearch search = open(SearchScope.one("web"));
        List<SearchPart> parts = new ArrayList<>();
        do {
            parts.add(FakeController.get(search.pull()));
        } while (parts.getLast().end() == null);

        assertThat(parts.stream().flatMap(part -> part.hits().stream()).map(SearchItem.Hit::text))
                .containsExactly("boom");
        assertThat(parts.getLast().end().complete()).isTrue();
        assertThat(remote.requests)
                .contains("GET /container/web/logs/search?text=bo+om&ignore_case=true&before=cur&limit=7");
    }

    @Test
    void searchOfSeveralNamesThem() throws Exception {
        remote.searchAnswer = END;
        connect();

        assertThat(open(new SearchScope(List.of("a", "b"), null))).isNotNull();
        assertThat(open(new SearchScope(List.of(), "shop"))).isNotNull();

        assertThat(remote.requests)
                .anyMatch(request -> request.startsWith("GET /containers/logs/search?container=a&container=b&text="))
                .anyMatch(request -> request.startsWith("GET /containers/logs/search?project=shop&text="));
    }

    @Test
    void searchThatBreaksOffIsLost() throws Exception {
        remote.searchAnswer = HIT + PROGRESS;
        connect();

        BusSearch search = open(SearchScope.one("web"));
        SearchPart first = FakeController.get(search.pull());

        assertThat(first.hits()).hasSize(1);
        assertThat(refusal(() -> FakeController.get(search.pull())).getMessage())
                .contains("ended the search early");
    }

    @Test
    void answerThatIsNotASearchIsRefused() throws Exception {
        remote.searchAnswer = "<html>\n";
        connect();

        BusSearch search = open(SearchScope.one("web"));

        assertThat(refusal(() -> FakeController.get(search.pull())).getMessage())
                .contains("cannot be read");
    }

    @Test
    void controllerThatDoesNotSearchIsNotSupported() throws Exception {
        connect();

        assertThat(refusal(() -> open(SearchScope.one("web"))).kind()).isEqualTo(RefusalKind.NOT_SUPPORTED);
        assertThat(remote.requests).isEmpty();
    }

    @Test
    void controllerOfVersion1IsNotSupported() throws Exception {
        remote.v1 = true;
        remote.searchAnswer = END;
        deploy();
        org.awaitility.Awaitility.await()
                .until(() -> presences.stream()
                        .anyMatch(each ->
                                each.uplink() && each.link() == io.dockrelay.protocol.wire.LinkState.CONNECTED));
        String id = presences.getLast().controller();

        assertThat(refusal(() -> FakeController.get(BusSearch.open(bus, id, SearchScope.one("web"), QUERY)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_SUPPORTED);
    }

    @Test
    void refusalOfTheControllerIsPassedOn() throws Exception {
        remote.searchAnswer = END;
        connect();
        remote.httpStatus = 429;
        remote.httpBody = "{\"error\":\"4 searches run\"}";

        var refusal = refusal(() -> open(SearchScope.one("web")));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.TOO_MANY_SUBSCRIPTIONS);
        assertThat(refusal).hasMessage("4 searches run");
    }
}
