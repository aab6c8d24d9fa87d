package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.protocol.bus.RunningActions;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.ContainerStatus;

import static io.dockrelay.controller.inventory.ObservedContainers.created;
import static io.dockrelay.controller.inventory.ObservedContainers.exited;
import static io.dockrelay.controller.inventory.ObservedContainers.id;
import static io.dockrelay.controller.inventory.ObservedContainers.seen;
import static io.dockrelay.controller.inventory.ObservedContainers.up;
import static io.dockrelay.controller.inventory.ObservedContainers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class InventoryTest {

    private static final Instant NOW = Instant.parse("2025-11-25T21:00:00Z");
    private static final ComposeLabels WEB = new ComposeLabels("p", "web", "1", false);

    private final Inventory inventory = new Inventory("edge-1", null);

    /** A list that is kept from the changes alone, as a client would. */
    private final List<Container> kept = new ArrayList<>();

    private List<ComposeService> services = List.of();
    private Instant now = NOW;

    @CanIgnoreReturnValue
    private List<Change> look(ObservedContainer... seen) {
        return kept(inventory.update(List.of(seen), services, Set.of(), now));
    }

    @CanIgnoreReturnValue
    private List<Change> kept(List<Change> changes) {
        changes.forEach(this::keep);
        return changes;
    }

    private void keep(Change change) {
        if (change.currentStatus() == ContainerStatus.REMOVED) {
            assertThat(kept.removeIf(element -> change.id() == null
                            ? element.name().equals(change.name())
                            : change.id().equals(element.id())))
                    .isTrue();
            return;
        }
        boolean byId =
                kept.removeIf(element -> change.id() != null && change.id().equals(element.id()));
        if (!byId && change.previousStatus() != null) {
            assertThat(kept.removeIf(element -> element.name().equals(change.name())))
                    .isTrue();
        }
        kept.add(change.container());
    }

    @AfterEach
    void listCanBeKeptFromChangesAlone() {
        assertThat(kept).containsExactlyInAnyOrderElementsOf(inventory.containers());
    }

    private static ObservedContainer web(int id, String fullName) {
        return seen(
                id,
                fullName,
                WEB,
                ContainerStatus.RUNNING,
                "Up 1 second",
                up(id, "x").known());
    }

    @Test
    void firstScanShowsWhatExistsAndReportsNothing() {
        services =
                List.of(new ComposeService("p", "web", "image:1", "p-web"), new ComposeService("p", "db", null, null));
        inventory.startWith(services);
        kept.addAll(inventory.containers());

        assertThat(look(web(1, "p-web"), up(2, "other")))
                .allSatisfy(change -> assertThat(change.reason()).isNull())
                .extracting(Change::name, Change::currentStatus)
                .containsExactlyInAnyOrder(
                        tuple("db", ContainerStatus.NOT_CREATED),
                        tuple("other", ContainerStatus.RUNNING),
                        tuple("web", ContainerStatus.RUNNING));
    }

    @Test
    void servicesWithTheSameContainerNameDoNotStopTheFirstScan() {
        var twice = new Inventory("edge-1", null);
        List<ComposeService> profiles =
                List.of(new ComposeService("p", "dev", null, "app"), new ComposeService("p", "prod", null, "app"));
        twice.startWith(profiles);

        assertThat(twice.update(List.of(), profiles, Set.of(), now))
                .extracting(Change::name)
                .containsOnly("app");
    }

    @Test
    void newContainerHasTheEnginesCreationTime() {
        look();
        assertThat(look(up(1, "a"), created(2, "b")))
                .extracting(Change::name, Change::previousStatus, Change::currentStatus, Change::reason, Change::at)
                .containsExactlyInAnyOrder(
                        tuple("a", null, ContainerStatus.RUNNING, ChangeReason.CREATED, ObservedContainers.CREATED_AT),
                        tuple("b", null, ContainerStatus.CREATED, ChangeReason.CREATED, ObservedContainers.CREATED_AT));
    }

    @Test
    void differentStatusTextIsNoChange() {
        look(up(1, "a"));
        assertThat(inventory.update(
                        List.of(with(up(1, "a"), ContainerStatus.RUNNING, "Up 7 seconds")), services, Set.of(), now))
                .isEmpty();
        assertThat(inventory.containers()).extracting(Container::statusDetail).containsExactly("Up 7 seconds");
        kept.clear();
        kept.addAll(inventory.containers());
    }

    @Test
    void renameAndStopInOneScanAreTwoChanges() {
        look(up(1, "a"));
        assertThat(look(exited(1, "b", 3)))
                .extracting(
                        Change::name, Change::previousStatus, Change::currentStatus, Change::reason, Change::exitCode)
                .containsExactly(
                        tuple("b", ContainerStatus.RUNNING, ContainerStatus.RUNNING, ChangeReason.RENAMED, null),
                        tuple("b", ContainerStatus.RUNNING, ContainerStatus.EXITED, ChangeReason.DIED, 3));
    }

    @Test
    void removalHasTheLastNameAndId() {
        look(up(1, "a"));
        assertThat(look())
                .singleElement()
                .satisfies(change -> assertThat(change.container()).isNull())
                .extracting(Change::name, Change::id, Change::currentStatus, Change::reason)
                .containsExactly("a", id(1), ContainerStatus.REMOVED, ChangeReason.REMOVED);
    }

    @Test
    void sameNameWithAnotherIdIsRecreated() {
        look(up(1, "a"));
        assertThat(look(up(2, "a")))
                .extracting(Change::name, Change::id, Change::previousStatus, Change::reason)
                .containsExactly(tuple("a", id(2), ContainerStatus.RUNNING, ChangeReason.RECREATED));
    }

    @Test
    void swappedNamesAreTwoRenames() {
        look(up(1, "a"), up(2, "b"));
        assertThat(look(up(1, "b"), up(2, "a")))
                .extracting(Change::id, Change::name, Change::reason)
                .containsExactlyInAnyOrder(
                        tuple(id(1), "b", ChangeReason.RENAMED), tuple(id(2), "a", ChangeReason.RENAMED));
    }

    @Test
    void nameCollisionGivesTheExistingContainerItsFullNameWithoutAReason() {
        look(web(1, "p-web"));
        assertThat(inventory.containers()).extracting(Container::name).containsExactly("web");
        assertThat(look(web(1, "p-web"), up(2, "web")))
                .extracting(Change::id, Change::name, Change::reason)
                .as("nothing has happened to the one with the longer name")
                .containsExactlyInAnyOrder(tuple(id(1), "p-web", null), tuple(id(2), "web", ChangeReason.CREATED));
    }

    @Test
    void temporaryNameOfComposeIsNeverListed() {
        look(web(1, "p-web-1"));
        assertThat(look(web(1, "p-web-1"), web(2, "000000000001_p-web-1"))).isEmpty();
        assertThat(look(web(2, "000000000001_p-web-1"))).isEmpty();
        assertThat(inventory.containers()).extracting(Container::id).containsExactly(id(1));
        assertThat(look(web(2, "p-web-1")))
                .extracting(Change::name, Change::reason)
                .containsExactly(tuple("web", ChangeReason.RECREATED));
    }

    @Test
    void recreationByOlderComposeIsOneRecreation() {
        look(web(1, "p_web_1"));
        assertThat(look(web(1, "000000000001_p_web_1"))).isEmpty();
        assertThat(look(web(1, "000000000001_p_web_1"), web(2, "p_web_1")))
                .extracting(Change::name, Change::reason)
                .containsExactly(tuple("web", ChangeReason.RECREATED));
        assertThat(look(web(2, "p_web_1"))).isEmpty();
    }

    @Test
    void containerIsRemovedWhenItsReplacementDoesNotCome() {
        look(web(1, "p-web-1"));
        look(web(2, "000000000001_p-web-1"));
        now = NOW.plusSeconds(11);
        assertThat(look(web(2, "000000000001_p-web-1")))
                .extracting(Change::reason)
                .containsExactly(ChangeReason.REMOVED);
    }

    @Test
    void servicesWithoutAContainerAreListed() {
        services = List.of(new ComposeService("p", "web", "image:1", null), new ComposeService("p", "db", null, null));
        look(web(1, "p-web-1"));
        assertThat(inventory.containers())
                .extracting(Container::name, Container::fullName, Container::status, Container::created)
                .containsExactly(
                        tuple("db", "p-db-1", ContainerStatus.NOT_CREATED, false),
                        tuple("web", "p-web-1", ContainerStatus.RUNNING, true));
        assertThat(look())
                .extracting(Change::name, Change::previousStatus, Change::currentStatus, Change::reason)
                .containsExactly(
                        tuple("web", ContainerStatus.RUNNING, ContainerStatus.NOT_CREATED, ChangeReason.REMOVED));
        assertThat(look(web(2, "p-web-1")))
                .extracting(Change::previousStatus, Change::currentStatus, Change::reason)
                .containsExactly(tuple(ContainerStatus.NOT_CREATED, ContainerStatus.RUNNING, ChangeReason.CREATED));
    }

    @Test
    void servicesAreUnknownBeforeTheFirstScan() {
        services = List.of(new ComposeService("p", "web", "image:1", "p-web"));
        inventory.startWith(services);
        kept.addAll(inventory.containers());
        assertThat(inventory.containers())
                .extracting(Container::name, Container::status)
                .containsExactly(tuple("web", ContainerStatus.UNKNOWN));
        look(web(1, "p-web"));
    }

    @Test
    void elementsOfStoppedContainersHaveNoHealthAndAnExitCode() {
        look(with(up(1, "a"), ContainerStatus.RUNNING, "Up 2 seconds (healthy)"), exited(2, "b", 137));
        assertThat(inventory.containers())
                .extracting(
                        Container::running,
                        Container::health,
                        element -> element.details().exitCode())
                .containsExactly(
                        tuple(true, io.dockrelay.protocol.state.Health.HEALTHY, null), tuple(false, null, 137));
    }

    @Test
    void factsAreKeptByIdForTheNextScan() {
        look(up(1, "a"));
        assertThat(inventory.seen().get(id(1)).facts())
                .isEqualTo(Optional.of(up(1, "a").known()));
    }

    /** Whether the end was observed, and whether a request for it is known. */
    @Test
    void endOfARunSaysWhetherItWasRequested() {
        look(up(1, "a"), up(2, "b"), exited(3, "c", 137));
        List<ObservedContainer> ended = List.of(exited(1, "a", 137), exited(2, "b", 137), exited(3, "c", 137));
        kept(inventory.update(ended, services, Set.of(id(1)), now));
        assertThat(inventory.containers())
                .extracting(element -> element.details().endRequested())
                .containsExactly(true, false, null);

        look(exited(1, "a", 137));
        assertThat(inventory.containers().getFirst().details().endRequested()).isTrue();

        look(up(1, "a"));
        assertThat(inventory.containers().getFirst().details().endRequested()).isNull();
    }

    /** An engine whose events cannot be read reports no requests. */
    @Test
    void stopByThisControllerIsARequest() {
        look(up(1, "a"));
        var stop = new ActionInProgress(ContainerAction.STOP, "ann", NOW, 10L);
        assertThat(kept(inventory.show(new RunningActions(Map.of(id(1), stop)), now)))
                .extracting(Change::reason, change -> change.container().action())
                .containsExactly(tuple(ChangeReason.ACTION, stop));

        assertThat(look(exited(1, "a", 137)))
                .extracting(
                        Change::reason, change -> change.container().details().endRequested())
                .containsExactly(tuple(ChangeReason.STOPPED, true));
    }
}
