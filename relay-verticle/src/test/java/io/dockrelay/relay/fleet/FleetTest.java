package io.dockrelay.relay.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.LastKnown;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

import static io.dockrelay.relay.fleet.Containers.NOON;
import static io.dockrelay.relay.fleet.Containers.container;
import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.gone;
import static io.dockrelay.relay.fleet.Containers.idOf;
import static io.dockrelay.relay.fleet.Containers.list;
import static io.dockrelay.relay.fleet.Containers.news;
import static io.dockrelay.relay.fleet.Containers.running;
import static io.dockrelay.relay.fleet.Containers.started;
import static io.dockrelay.relay.fleet.Containers.stopped;
import static io.dockrelay.relay.fleet.Containers.there;
import static io.dockrelay.relay.fleet.Containers.uplink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FleetTest {

    private final Fleet fleet = new Fleet();
    private Instant now = NOON;

    @Test
    void newControllerIsAskedForItsListOnce() {
        FleetUpdate met = fleet.announced(there("a"), now);

        assertThat(met.links()).extracting(ControllerLink::state).containsExactly(LinkState.CONNECTED);
        assertThat(fleet.questions(now)).containsExactly("a");
        assertThat(fleet.questions(now)).isEmpty();

        FleetUpdate listed = fleet.listed(list("a", 7, running("web"), exited("db")), now);
        assertThat(listed.containers()).extracting(Container::name).containsExactly("web", "db");
        assertThat(listed.changes()).isEmpty();
        assertThat(fleet.containers()).extracting(Container::name).containsExactly("db", "web");
        assertThat(fleet.containers())
                .allMatch(container -> container.controller().equals("a"));
        assertThat(fleet.questions(now)).isEmpty();
    }

    @Test
    void changesInOrderAreApplied() {
        known("a", running("web"));

        FleetUpdate update = fleet.changed(news("a", 2, stopped("web")), now);

        assertThat(update.changes()).singleElement().satisfies(change -> {
            assertThat(change.currentStatus()).isEqualTo(ContainerStatus.EXITED);
            assertThat(change.controller()).isEqualTo("a");
            assertThat(change.container().controller()).isEqualTo("a");
        });
        assertThat(fleet.containers()).extracting(Container::status).containsExactly(ContainerStatus.EXITED);
        assertThat(fleet.questions(now)).isEmpty();
    }

    @Test
    void holeInTheRevisionsIsFilledByTheList() {
        known("a", running("web"), running("db"));

        assertThat(fleet.changed(news("a", 3, stopped("db")), now).ofList()).isFalse();
        assertThat(fleet.questions(now)).containsExactly("a");
        // Changes that arrive before the requested list are kept for it.
        assertThat(fleet.changed(news("a", 4, started("db")), now).ofList()).isFalse();

        FleetUpdate healed = fleet.listed(list("a", 3, exited("web"), exited("db")), now);
        assertThat(healed.changes())
                .extracting(Change::name, Change::currentStatus)
                .contains(org.assertj.core.groups.Tuple.tuple("web", ContainerStatus.EXITED))
                .endsWith(org.assertj.core.groups.Tuple.tuple("db", ContainerStatus.RUNNING));
        assertThat(status("db")).isEqualTo(ContainerStatus.RUNNING);
        assertThat(fleet.changed(news("a", 5, started("web")), now).changes()).hasSize(1);
    }

    @Test
    void removalWithoutAReasonIsAChangeWhenItWaitedForTheList() {
        known("a", running("web"), running("db"));
        Change removal = Change.removed(running("db"), now);
        // A version 1 controller gives no reasons.
        Change withoutReason = new Change(
                removal.name(),
                removal.previousStatus(),
                null,
                removal.currentStatus(),
                null,
                false,
                null,
                null,
                null,
                null,
                now,
                null,
                null);
        assertThat(fleet.changed(news("a", 3, withoutReason), now).ofList()).isFalse();

        FleetUpdate healed = fleet.listed(list("a", 2, running("web"), running("db")), now);

        assertThat(healed.changes()).extracting(Change::name).containsExactly("db");
        assertThat(healed.removed()).extracting(Removed::name).containsExactly("db");
    }

    @Test
    void controllerThatCountsFromTheBeginningIsAskedAgain() {
        known("a", running("web"));

        assertThat(fleet.changed(news("a", 1, stopped("web")), now).ofList()).isFalse();
        assertThat(fleet.questions(now)).containsExactly("a");
    }

    @Test
    void silentControllerIsServedAsUnknownWithItsAge() {
        known("a", running("web"));
        later(Duration.ofMillis(6001));

        FleetUpdate away = fleet.tick(now);

        assertThat(away.links()).singleElement().satisfies(link -> {
            assertThat(link.state()).isEqualTo(LinkState.WAITING);
            assertThat(link.since()).isEqualTo(NOON);
        });
        assertThat(away.changes()).isEmpty();
        Container web = away.containers().getFirst();
        assertThat(web.status()).isEqualTo(ContainerStatus.UNKNOWN);
        assertThat(web.lastKnown()).isEqualTo(new LastKnown(ContainerStatus.RUNNING, null, NOON));
        assertThat(web.actions().stop()).isEqualTo("controller a is away");
        assertThat(fleet.tick(now.plusSeconds(1)).isNothing()).isTrue();
        assertThat(fleet.questions(now)).isEmpty();
    }

    @Test
    void returningControllerIsServedAtOnceAndItsChangesFollow() {
        known("a", running("web"), running("db"));
        later(Duration.ofSeconds(60));
        assertThat(fleet.tick(now).links()).hasSize(1);

        FleetUpdate back = fleet.announced(there("a"), now);
        assertThat(back.links()).extracting(ControllerLink::state).containsExactly(LinkState.CONNECTED);
        assertThat(back.containers()).extracting(Container::status).containsOnly(ContainerStatus.RUNNING);
        assertThat(fleet.questions(now)).containsExactly("a");

        FleetUpdate listed = fleet.listed(list("a", 1, running("web"), exited("db")), now);
        assertThat(listed.changes()).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("db");
            assertThat(change.previousStatus()).isEqualTo(ContainerStatus.RUNNING);
            assertThat(change.currentStatus()).isEqualTo(ContainerStatus.EXITED);
            assertThat(change.reason()).isEqualTo(ChangeReason.STOPPED);
        });
    }

    @Test
    void controllerIsAwayWhileItsUplinkWaits() {
        assertThat(fleet.announced(uplink("a", LinkState.CONNECTED, NOON, 0), now)
                        .isNothing())
                .isFalse();
        assertThat(fleet.questions(now)).hasSize(1);
        assertThat(fleet.listed(list("a", 1, running("web")), now).ofList()).isTrue();
        later(Duration.ofSeconds(3));

        FleetUpdate away = fleet.announced(uplink("a", LinkState.WAITING, now, 1), now);
        assertThat(away.containers()).extracting(Container::status).containsExactly(ContainerStatus.UNKNOWN);
        assertThat(away.containers().getFirst().lastKnown().asOf()).isEqualTo(NOON);

        assertThat(fleet.links(now.plusSeconds(1)))
                .extracting(ControllerLink::retryInMs)
                .containsExactly(3000L);
        // An equal announcement is no update.
        assertThat(fleet.announced(uplink("a", LinkState.WAITING, now, 1), now.plusSeconds(2))
                        .isNothing())
                .isTrue();
    }

    @Test
    void busWinsOverAnUplinkOfTheSameId() {
        known("a", running("web"));

        assertThat(fleet.announced(uplink("a", LinkState.WAITING, now, 4), now).isNothing())
                .isTrue();
        assertThat(fleet.reachable("a")).isTrue();

        assertThat(fleet.announced(gone("a"), now).links()).hasSize(1);
        FleetUpdate overTheUplink = fleet.announced(uplink("a", LinkState.CONNECTED, now, 0), now);
        assertThat(overTheUplink.links()).extracting(ControllerLink::state).containsExactly(LinkState.CONNECTED);
    }

    @Test
    void controllerThatLeftIsForgottenAfterADay() {
        known("a", running("web"));
        assertThat(fleet.announced(gone("a"), now).containers()).hasSize(1);

        later(Fleet.FORGET_AFTER);
        assertThat(fleet.tick(now).isNothing()).isTrue();
        later(Duration.ofSeconds(1));

        FleetUpdate forgotten = fleet.tick(now);
        assertThat(forgotten.removed()).containsExactly(new Removed("a", idOf("web"), "web"));
        assertThat(forgotten.forgotten()).containsExactly("a");
        assertThat(fleet.containers()).isEmpty();
        assertThat(fleet.links(now)).isEmpty();
    }

    @Test
    void controllerThatLeavesWithoutAListIsForgottenAtOnce() {
        assertThat(fleet.announced(uplink("host:8090", LinkState.CONNECTING, now, 0), now)
                        .isNothing())
                .isFalse();
        long version = fleet.version();

        FleetUpdate left = fleet.announced(gone("host:8090"), now);

        assertThat(left.forgotten()).containsExactly("host:8090");
        assertThat(left.links()).isEmpty();
        assertThat(left.isNothing()).isFalse();
        assertThat(fleet.links(now)).isEmpty();
        assertThat(fleet.version()).isGreaterThan(version);
        assertThat(fleet.announced(gone("host:8090"), now).isNothing()).isTrue();
    }

    @Test
    void lastKnownStateIsServedWhileTheEngineIsAway() {
        known("a", running("web"));
        EngineStatus down = new EngineStatus("a", false, now, "connection refused");

        FleetUpdate away = fleet.engine(down, now);
        assertThat(away.engines()).containsExactly(down);
        assertThat(away.links()).isEmpty();
        assertThat(status("web")).isEqualTo(ContainerStatus.UNKNOWN);
        assertThat(fleet.enginesAway()).containsExactly(down);

        FleetUpdate back = fleet.engine(new EngineStatus("a", true, now, null), now);
        assertThat(back.engines()).hasSize(1);
        assertThat(status("web")).isEqualTo(ContainerStatus.RUNNING);
        assertThat(fleet.questions(now)).containsExactly("a");
    }

    @Test
    void returningControllerWhoseEngineIsAwayIsReported() {
        known("a", running("web"));
        EngineStatus down = new EngineStatus("a", false, now, "connection refused");
        assertThat(fleet.engine(down, now).engines()).hasSize(1);
        assertThat(fleet.announced(gone("a"), now).engines()).isEmpty();
        assertThat(fleet.enginesAway()).isEmpty();

        assertThat(fleet.announced(there("a"), now).engines()).containsExactly(down);
        assertThat(fleet.announced(there("a"), now).engines()).isEmpty();
    }

    @Test
    void unknownStateGivenByTheControllerIsNoChange() {
        known("a", running("web"));
        Container dimmed = running("web").unknownSince(NOON, "the engine does not answer");
        EngineStatus down = new EngineStatus("a", false, now, "connection refused");
        fleetIsBroken("a");

        FleetUpdate update = fleet.listed(new ContainersSnapshot("a", 4, now, down, List.of(dimmed)), now);
        assertThat(update.changes()).isEmpty();
        assertThat(update.engines()).containsExactly(down);

        fleetIsBroken("a");
        FleetUpdate back = fleet.listed(list("a", 9, exited("web")), now);
        assertThat(back.changes())
                .extracting(Change::previousStatus, Change::currentStatus)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ContainerStatus.RUNNING, ContainerStatus.EXITED));
    }

    @Test
    void renamedContainerIsRemovedUnderItsOldName() {
        known("a", running("web"));
        Container renamed = container("shop", idOf("web"), ContainerStatus.RUNNING, null, "Up");

        FleetUpdate update =
                fleet.changed(news("a", 2, Change.of(running("web"), renamed, ChangeReason.RENAMED, null, now)), now);

        assertThat(update.removed()).containsExactly(new Removed("a", idOf("web"), "web"));
        assertThat(fleet.containers()).extracting(Container::name).containsExactly("shop");
    }

    @Test
    void newStatusTextsAreServedWithoutAnUpdate() {
        known("a", running("web"));
        later(Fleet.REFRESH_AFTER.plusSeconds(1));
        assertThat(fleet.announced(there("a"), now).isNothing()).isTrue();
        assertThat(fleet.questions(now)).containsExactly("a");
        long version = fleet.version();

        FleetUpdate update =
                fleet.listed(list("a", 1, container("web", ContainerStatus.RUNNING, "Up 31 seconds")), now);

        assertThat(update.isNothing()).isTrue();
        assertThat(fleet.containers()).extracting(Container::statusDetail).containsExactly("Up 31 seconds");
        assertThat(fleet.version()).isGreaterThan(version);
    }

    @Test
    void unansweredQuestionIsAskedAgain() {
        assertThat(fleet.announced(there("a"), now).isNothing()).isFalse();
        assertThat(fleet.questions(now)).containsExactly("a");
        fleet.unanswered("a");

        assertThat(fleet.questions(now)).containsExactly("a");
    }

    @Test
    void namesAreResolvedWhileTheyAreUnique() {
        known("a", running("web"), running("db"));
        known("b", running("web"));

        assertThat(fleet.find(null, "db")).isInstanceOf(FleetLookup.One.class);
        assertThat(fleet.find(null, "shop-db")).isInstanceOf(FleetLookup.One.class);
        assertThat(fleet.find(null, idOf("db"))).isInstanceOf(FleetLookup.One.class);
        assertThat(fleet.find(null, "web")).isEqualTo(new FleetLookup.Several("web", List.of("a", "b")));
        assertThat(fleet.find(null, "b/web").orRefuse().controller()).isEqualTo("b");
        assertThat(fleet.find("a", "web").orRefuse().controller()).isEqualTo("a");
        assertThat(fleet.find(null, "b/db")).isEqualTo(new FleetLookup.None("db"));
        assertThat(fleet.find(null, "c/db")).isEqualTo(new FleetLookup.None("c/db"));
    }

    @Test
    void nameIsNotAmbiguousBecauseOfAControllerThatIsAway() {
        known("a", running("web"));
        known("b", running("web"));
        assertThat(fleet.announced(gone("a"), now).isNothing()).isFalse();

        assertThat(fleet.find(null, "web").orRefuse().controller()).isEqualTo("b");
        assertThat(fleet.find(null, "a/web").orRefuse().controller()).isEqualTo("a");

        assertThat(fleet.announced(gone("b"), now).isNothing()).isFalse();
        assertThat(fleet.find(null, "web")).isInstanceOf(FleetLookup.Several.class);
    }

    @Test
    void nameOnAnEngineThatNeverAnsweredIsNotAnUnknownContainer() {
        known("a", running("web"));
        var away = new EngineStatus("b", false, now, "the engine does not answer");
        assertThat(fleet.announced(there("b"), now).isNothing()).isFalse();
        assertThat(fleet.listed(new ContainersSnapshot("b", 1, now, away, List.of()), now)
                        .changes())
                .isEmpty();

        assertThatThrownBy(() -> fleet.find("b", "db").orRefuse()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.ENGINE_UNAVAILABLE);
            assertThat(refusal).hasMessage("the engine does not answer");
        });
        assertThat(fleet.find(null, "web").orRefuse().controller()).isEqualTo("a");
        assertThatThrownBy(() -> fleet.find("a", "db").orRefuse()).hasMessageContaining("no container");
    }

    private void known(String controller, Container... containers) {
        assertThat(fleet.announced(there(controller), now).isNothing()).isFalse();
        assertThat(fleet.questions(now)).contains(controller);
        assertThat(fleet.listed(list(controller, 1, containers), now).ofList()).isTrue();
    }

    private void fleetIsBroken(String controller) {
        assertThat(fleet.changed(news(controller, 1000, started("other")), now).ofList())
                .isFalse();
        assertThat(fleet.questions(now)).containsExactly(controller);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private ContainerStatus status(String name) {
        return fleet.find(null, name).orRefuse().status();
    }
}
