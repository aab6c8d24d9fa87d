package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.fleet.ExpectedControllers.OnBus;

import static org.assertj.core.api.Assertions.assertThat;

class UnheardControllersTest {

    private static final Instant START = Instant.parse("2025-11-25T00:00:00Z");
    private static final String URL = "edge:8090";

    private final UnheardControllers unheard = new UnheardControllers();

    @Test
    void nothingIsExpectedBeforeTheStartAndWithoutControllers() {
        unheard.announced(connected("a", true));
        assertThat(unheard.exist()).isFalse();
        expect(Set.of(), OnBus.NONE);
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void urlIsExpectedUntilTheListOfTheControllerBehindItArrives() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(attempt(URL, LinkState.CONNECTING, false));
        unheard.announced(left(URL, "edge-1"));
        assertThat(unheard.exist()).isTrue();
        unheard.announced(connected("edge-1", true));
        assertThat(unheard.exist()).isTrue();

        unheard.heardOf("edge-1", false);
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void oneWithoutAnIdIsHeardUnderItsUrl() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(connected(URL, true));
        unheard.heardOf(URL, false);
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void refusalIsHeardAndSilenceIsNot() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(attempt(URL, LinkState.WAITING, false));
        assertThat(unheard.exist()).isTrue();
        unheard.announced(attempt(URL, LinkState.WAITING, true));
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void oneThatIsLostAfterItWasHeardOfIsNotExpectedAgain() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(left(URL, "edge-1"));
        unheard.announced(connected("edge-1", true));
        unheard.heardOf("edge-1", false);
        unheard.announced(attempt("edge-1", LinkState.WAITING, true));
        unheard.announced(attempt("edge-1", LinkState.CONNECTING, true));
        unheard.announced(connected("edge-1", true));
        assertThat(unheard.exist()).isFalse();
    }

    /** Its list does not come any more: it was there. */
    @Test
    void oneThatIsLostBeforeItsListIsHeardOf() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(left(URL, "edge-1"));
        unheard.announced(connected("edge-1", true));
        unheard.announced(attempt("edge-1", LinkState.WAITING, true));
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void controllerThatWasHeardOnTheBusIsNotExpectedAtItsUrl() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.announced(connected("edge-1", false));
        unheard.heardOf("edge-1", true);
        assertThat(unheard.exist()).isTrue();
        unheard.announced(left(URL, "edge-1"));
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void oneInThisProcessIsExpectedUntilItsList() {
        expect(Set.of(), OnBus.ONE);
        assertThat(unheard.exist()).isTrue();
        unheard.announced(connected("far", true));
        unheard.heardOf("far", false);
        assertThat(unheard.exist()).isTrue();
        unheard.announced(connected("here", false));
        unheard.heardOf("here", true);
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void clusterHasTimeToAnnounceItsControllers() {
        expect(Set.of(), OnBus.SEVERAL);
        unheard.announced(connected("a", false));
        unheard.heardOf("a", true);
        unheard.tick(START.plusMillis(3_999));
        assertThat(unheard.exist()).isTrue();
        unheard.announced(connected("b", false));
        unheard.tick(START.plusMillis(4_000));
        assertThat(unheard.exist()).isTrue();
        unheard.heardOf("b", true);
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void clusterWithoutControllersIsExpectedToHaveOne() {
        expect(Set.of(), OnBus.SEVERAL);
        unheard.tick(START.plusSeconds(5));
        assertThat(unheard.exist()).isTrue();
        unheard.end();
        assertThat(unheard.exist()).isFalse();
    }

    @Test
    void timeOfAllEnds() {
        expect(Set.of(URL, "other:8090"), OnBus.SEVERAL);
        unheard.end();
        unheard.announced(connected("edge-1", true));
        unheard.announced(left("other:8090", "other"));
        assertThat(unheard.exist()).isFalse();
        assertThat(ExpectedControllers.of(Set.of(URL), OnBus.NONE).atMost()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oneThatIsDismissedIsNotExpected() {
        expect(Set.of(URL), OnBus.NONE);
        unheard.forget(URL);
        assertThat(unheard.exist()).isFalse();
    }

    private void expect(Set<String> uplinks, OnBus onBus) {
        unheard.expect(ExpectedControllers.of(uplinks, onBus), START);
    }

    private static ControllerPresence connected(String id, boolean uplink) {
        return new ControllerPresence(id, LinkState.CONNECTED, START, 0, null, uplink, List.of());
    }

    private static ControllerPresence attempt(String id, LinkState link, boolean answered) {
        return new ControllerPresence(id, link, START, 1, null, true, List.of(), null, null, "why", answered);
    }

    private static ControllerPresence left(String id, String replacedBy) {
        return new ControllerPresence(id, null, START, 0, null, true, List.of(), null, replacedBy, null, false);
    }
}
