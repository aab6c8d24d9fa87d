package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage.Removed;
import io.dockrelay.relay.search.FleetScope;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

import static io.dockrelay.relay.fleet.Containers.NOON;
import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.gone;
import static io.dockrelay.relay.fleet.Containers.idOf;
import static io.dockrelay.relay.fleet.Containers.list;
import static io.dockrelay.relay.fleet.Containers.running;
import static io.dockrelay.relay.fleet.Containers.there;
import static io.dockrelay.relay.fleet.Containers.uplink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A configured URL at which another id answers, and a controller that is gone for good. */
class MovedControllerTest {

    private final Fleet fleet = new Fleet();
    private Instant now = NOON;

    @BeforeEach
    void connect() {
        known("old", running("web"), running("db"));
    }

    @Test
    void newIdTakesThePlaceOfTheOldOne() {
        FleetUpdate moved = move("old", "new");

        assertThat(moved.forgotten()).containsExactly("old");
        assertThat(moved.removed())
                .containsExactlyInAnyOrder(
                        new Removed("old", idOf("web"), "web"), new Removed("old", idOf("db"), "db"));
        assertThat(moved.containers()).extracting(Container::controller).containsOnly("new");
        assertThat(moved.containers()).extracting(Container::status).containsOnly(ContainerStatus.UNKNOWN);
        assertThat(moved.events()).containsExactly(ControllerEvent.moved("old", "new"));
        assertThat(moved.changes()).isEmpty();
        assertThat(fleet.links(now)).singleElement().satisfies(link -> {
            assertThat(link.controller()).isEqualTo("new");
            assertThat(link.replaces()).containsExactly("old");
        });
        assertThat(fleet.find(null, "old/web").orRefuse().controller()).isEqualTo("new");
        assertThat(fleet.find("old", "web").orRefuse().controller()).isEqualTo("new");
        assertThat(fleet.find(null, "web").orRefuse().controller()).isEqualTo("new");
    }

    @Test
    void searchAtAFormerIdIsOfThePresentController() {
        assertThat(move("old", "new").isNothing()).isFalse();
        known("new", running("web"));
        known("other", running("api"));

        assertThat(fleet.current("old")).isEqualTo("new");
        assertThat(fleet.current("other")).isEqualTo("other");
        assertThat(fleet.current(null)).isNull();
        var whole = new SearchScope(List.of(), null);
        assertThat(FleetScope.of(caller(), whole, "old").scopes()).containsOnlyKeys("new");
        var named = new SearchScope(List.of("web", "gone"), null);
        FleetScope scope = FleetScope.of(caller(), named, "old");
        assertThat(scope.scopes()).containsOnlyKeys("new");
        assertThat(scope.failed()).extracting(SearchFailure::controller).containsExactly("new");
    }

    private Caller caller() {
        Principal anyone = Principal.anyone("127.0.0.1");
        return new Caller(anyone, new FleetView(fleet, Rights.OPEN.of(anyone)), refused -> {});
    }

    @Test
    void whatHappenedMeanwhileBecomesChanges() {
        assertThat(move("old", "new").isNothing()).isFalse();

        FleetUpdate back = fleet.announced(uplink("new", LinkState.CONNECTED, now, 0), now);
        assertThat(back.events()).containsExactly(new ControllerEvent("new", ControllerEvent.Kind.BACK));
        assertThat(fleet.questions(now)).containsExactly("new");
        FleetUpdate listed = fleet.listed(list("new", 1, running("web"), exited("db")), now);

        assertThat(listed.changes()).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("db");
            assertThat(change.controller()).isEqualTo("new");
            assertThat(change.reason()).isEqualTo(ChangeReason.STOPPED);
        });
        assertThat(fleet.find(null, "web").orRefuse().status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void oldIdThatAnswersElsewhereStandsForItself() {
        assertThat(move("old", "new").isNothing()).isFalse();
        known("old", running("web"));

        assertThat(fleet.find(null, "old/web").orRefuse().controller()).isEqualTo("old");
        assertThat(fleet.links(now)).extracting(ControllerLink::replaces).containsOnly(List.of());
    }

    @Test
    void controllerOnTheBusIsNotReplacedWithItsUplink() {
        assertThat(fleet.announced(there("old"), now).events()).hasSize(1);

        assertThat(move("old", "new").isNothing()).isTrue();
        assertThat(fleet.reachable("old")).isTrue();
    }

    @Test
    void placeholderWithoutAListLeavesNothing() {
        assertThat(fleet.announced(uplink("host:8090", LinkState.CONNECTING, now, 0), now)
                        .isNothing())
                .isFalse();

        assertThat(move("host:8090", "new").forgotten()).containsExactly("host:8090");
        assertThat(fleet.links(now)).extracting(ControllerLink::controller).containsExactly("old");
    }

    @Test
    void historyGoesOnUnderTheNewId() {
        var history = new ChangeHistory();
        Container web = running("web").withController("old");
        Container other = running("web").withController("other");
        history.add(List.of(
                Change.of(other, other, ChangeReason.RESTARTED, null, now),
                Change.of(web, web, ChangeReason.RESTARTED, null, now)));

        history.moved("old", "new");

        assertThat(history.newest(null, 10)).extracting(Change::controller).containsExactly("new", "other");
    }

    @Test
    void dismissedControllerStaysHiddenUntilItConnects() {
        assertThat(fleet.announced(uplink("old", LinkState.WAITING, now, 1), now)
                        .isNothing())
                .isFalse();

        FleetUpdate dismissed = fleet.dismiss("old");
        assertThat(dismissed.forgotten()).containsExactly("old");
        assertThat(fleet.containers()).isEmpty();
        assertThat(fleet.announced(uplink("old", LinkState.CONNECTING, now, 2), now)
                        .isNothing())
                .isTrue();
        assertThat(fleet.announced(uplink("old", LinkState.WAITING, now, 2), now)
                        .isNothing())
                .isTrue();
        assertThat(fleet.links(now)).isEmpty();

        assertThat(fleet.announced(uplink("old", LinkState.CONNECTED, now, 0), now)
                        .links())
                .hasSize(1);
        assertThat(fleet.announced(uplink("old", LinkState.WAITING, now, 1), now)
                        .links())
                .hasSize(1);
    }

    @Test
    void controllerThatLeftTheBusCanBeDismissedAndReturns() {
        known("bus", running("web"));
        assertThat(fleet.announced(gone("bus"), now).isNothing()).isFalse();

        assertThat(fleet.dismiss("bus").forgotten()).containsExactly("bus");
        assertThat(fleet.announced(there("bus"), now).links()).hasSize(1);
    }

    @Test
    void connectedOrUnknownControllerCannotBeDismissed() {
        assertThatThrownBy(() -> fleet.dismiss("old")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
            assertThat(refusal).hasMessageContaining("Stop it first");
        });
        assertThatThrownBy(() -> fleet.dismiss("elsewhere"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.kind().httpStatus()).isEqualTo(404));
    }

    private void known(String controller, Container... containers) {
        assertThat(fleet.announced(uplink(controller, LinkState.CONNECTED, now, 0), now)
                        .isNothing())
                .isFalse();
        assertThat(fleet.questions(now)).contains(controller);
        assertThat(fleet.listed(list(controller, 1, containers), now).ofList()).isTrue();
    }

    /** The uplink has connected to its URL again, and another id answers. */
    private FleetUpdate move(String from, String to) {
        if (!from.contains(":") && !fleet.find(from, "web").orRefuse().status().equals(ContainerStatus.UNKNOWN)) {
            FleetUpdate unused = fleet.announced(uplink(from, LinkState.WAITING, now, 1), now);
        }
        now = now.plus(Duration.ofSeconds(3));
        return fleet.announced(
                new ControllerPresence(from, null, now, 0, null, true, List.of(), null, to, null, true), now);
    }
}
