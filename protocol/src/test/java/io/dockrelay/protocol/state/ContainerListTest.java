package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.dockrelay.protocol.Golden;
import io.dockrelay.protocol.wire.WireJson;

import static org.assertj.core.api.Assertions.assertThat;

/** By the table of cases that the web's copy of the list has to match, too. */
class ContainerListTest {

    private static final Instant NOW = Instant.parse("2025-11-25T22:53:10Z");

    record ApplyCase(String name, List<Container> before, List<Change> changes, List<Container> after) {}

    record ExpectedChange(
            String name,
            ChangeReason reason,
            ContainerStatus previousStatus,
            ContainerStatus currentStatus,
            Integer exitCode) {

        static ExpectedChange of(Change change) {
            return new ExpectedChange(
                    change.name(), change.reason(), change.previousStatus(), change.currentStatus(), change.exitCode());
        }
    }

    record DiffCase(String name, List<Container> before, List<Container> after, List<ExpectedChange> changes) {}

    record Cases(List<ApplyCase> apply, List<DiffCase> diff) {}

    static Cases cases() {
        return WireJson.read(Golden.bytes("container-list-cases"), Cases.class);
    }

    static Stream<ApplyCase> applyCases() {
        return cases().apply().stream();
    }

    static Stream<DiffCase> diffCases() {
        return cases().diff().stream();
    }

    @ParameterizedTest
    @MethodSource("applyCases")
    void changesLeadToTheListOfTheTable(ApplyCase row) {
        ContainerList after = new ContainerList(row.before()).with(row.changes());

        assertThat(after.containers()).isEqualTo(row.after());
    }

    @ParameterizedTest
    @MethodSource("diffCases")
    void differencesHaveTheReasonsOfTheTable(DiffCase row) {
        List<Change> changes =
                ContainerListDiff.between(new ContainerList(row.before()), new ContainerList(row.after()), NOW);

        assertThat(changes.stream().map(ExpectedChange::of)).isEqualTo(row.changes());
        assertThat(changes).allMatch(change -> change.at().equals(NOW));
    }

    @Test
    void differencesAppliedToTheEarlierListGiveTheLaterOne() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            ContainerList before = randomList(random);
            ContainerList after = randomList(random);

            ContainerList applied = before.with(ContainerListDiff.between(before, after, NOW));

            assertThat(applied.containers()).containsExactlyInAnyOrderElementsOf(after.containers());
        }
    }

    @Test
    void containerIsFoundByItsThreeNames() {
        var list = new ContainerList(List.of(container("web", "aaaaaaaaaaaa"), container("db", null)));

        assertThat(list.find("web")).isPresent();
        assertThat(list.find("shop-web-1")).isPresent();
        assertThat(list.find("aaaaaaaaaaaa")).isPresent();
        assertThat(list.find("unknown")).isEmpty();
        assertThat(list.byId(null)).isEmpty();
    }

    @Test
    void nameGoesBeforeFullName() {
        Container other = container("other", "bbbbbbbbbbbb");
        var list = new ContainerList(List.of(other, container("shop-other-1", "cccccccccccc")));

        assertThat(list.find("shop-other-1").orElseThrow().id()).isEqualTo("cccccccccccc");
    }

    @Test
    void ofTwoContainersWithOneNameTheLaterStays() {
        var list = new ContainerList(List.of(container("web", "aaaaaaaaaaaa"), container("web", "bbbbbbbbbbbb")));

        assertThat(list.containers()).extracting(Container::id).containsExactly("bbbbbbbbbbbb");
    }

    @Test
    void changeOfAVersionOneControllerAltersNothing() {
        var list = new ContainerList(List.of(container("web", "aaaaaaaaaaaa")));
        var change = new Change(
                "web",
                ContainerStatus.RUNNING,
                null,
                ContainerStatus.EXITED,
                null,
                false,
                "Exited",
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(change.isComplete()).isFalse();
        assertThat(list.with(change)).isEqualTo(list);
    }

    /** A few ids and names in every combination: renames, swaps, re-creations and services without containers. */
    private static ContainerList randomList(Random random) {
        List<String> ids = new ArrayList<>(List.of("a", "b", "c", "d"));
        List<String> names = new ArrayList<>(List.of("w", "x", "y", "z"));
        java.util.Collections.shuffle(ids, random);
        java.util.Collections.shuffle(names, random);
        List<Container> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean vacant = random.nextInt(4) == 0;
            list.add(container(names.get(i - 1), vacant ? null : ids.get(i - 1)));
        }
        return new ContainerList(list);
    }

    private static Container container(String name, String id) {
        ContainerStatus status = id == null ? ContainerStatus.NOT_CREATED : ContainerStatus.RUNNING;
        return new Container(
                name, "shop-" + name + "-1", status, null, null, id, id != null, "edge-1", null, null, null);
    }
}
