package io.dockrelay.relay;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.ServerMessage;

import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;

/** The messages to browsers about containers, controllers and engines. */
class StateToBrowsersTest {

    private static final String HELLO = "{\"type\":\"hello\",\"features\":[\"deltas\"]}";

    private RunningRelay relay;
    private BusController controller;
    private Page page;

    @BeforeEach
    void open() {
        relay = new RunningRelay();
        controller = new BusController(relay.vertx, "edge-1", running("web"), exited("db"));
        page = relay.page();
        page.expect("the list", message -> message.path("containers").size() == 2);
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void newBrowserGetsTheListFromMemory() {
        for (String path : List.of("/", "/ws")) {
            JsonNode first = relay.page(path).awaitType("container_update");

            assertThat(first.path("containers")).hasSize(2);
            assertThat(first.has("changes")).isFalse();
            assertThat(first.path("controllers").get(0).path("state").asText()).isEqualTo("connected");
            assertThat(first.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void everyMessageHasTheFieldsOfItsGoldenFile() throws Exception {
        page.send(HELLO);
        Page whole = relay.page();
        assertThat(whole.awaitType("container_update")).isNotNull();
        controller.becomes(running("db"), ChangeReason.STARTED);
        JsonNode changed = whole.await("a change", message -> message.has("changes"));
        controller.engine(false, "connection refused");
        controller.acts(new ServerMessage.Action(
                "a-1", "edge-1", "web", ContainerAction.STOP, ActionState.DONE, Instant.now(), null, "127.0.0.1"));
        controller.leaves();
        page.send("{\"type\":\"ping\",\"id\":7}");
        page.subscribe("missing");

        assertFieldsOf("container_update", changed);
        for (String type :
                List.of("containers_changed", "engine_status", "action", "controller_status", "pong", "error")) {
            assertFieldsOf(type, page.awaitType(type));
        }
    }

    @Test
    void changesAreDeltasAfterHelloAndWholeListsWithoutIt() {
        page.send(HELLO);
        page.expect(
                "the whole list again",
                message -> page.received("container_update").size() >= 2);
        Page plain = relay.page();
        long revision = plain.awaitType("container_update").path("revision").asLong();

        controller.becomes(running("db"), ChangeReason.STARTED);
        JsonNode delta = page.awaitType("containers_changed");
        assertThat(delta.path("revision").asLong()).isEqualTo(revision + 1);
        assertThat(delta.path("containers")).hasSize(1);
        assertThat(delta.path("changes").get(0).path("previousStatus").asText()).isEqualTo("exited");
        JsonNode update = plain.await("the whole list", message -> message.has("changes"));
        assertThat(update.path("containers")).hasSize(2);
        assertThat(update.path("revision").asLong()).isEqualTo(revision + 1);
        assertThat(update.get("changes")).isEqualTo(delta.get("changes"));
        assertThat(container(update, "db").get("statusDetail"))
                .isEqualTo(container(update, "db").get("status_detail"));
        assertThat(container(update, "web").has("statusDetail")).isFalse();
        assertThat(plain.received("containers_changed")).isEmpty();

        controller.removes("web");
        JsonNode removed =
                page.await("the removal", message -> message.path("removed").size() == 1);
        assertThat(removed.path("removed").get(0).path("name").asText()).isEqualTo("web");
        assertThat(removed.path("changes").get(0).path("currentStatus").asText())
                .isEqualTo("removed");
    }

    /** A page of version 1 takes the next list for the effect of its action. */
    @Test
    void actionInProgressIsPartOfTheListAndNotAChangeForVersion1() {
        page.send(HELLO);
        Page plain = relay.page();
        assertThat(plain.awaitType("container_update")).isNotNull();
        var stop = new ActionInProgress(ContainerAction.STOP, "ann", Instant.parse("2025-11-25T22:53:15.23Z"), 45L);
        controller.becomes(running("web").withAction(stop), ChangeReason.ACTION);

        JsonNode delta = page.awaitType("containers_changed");
        assertThat(delta.path("containers").path(0).path("action").path("grace").asInt())
                .isEqualTo(45);
        assertThat(delta.path("changes")).isEmpty();
        JsonNode list = relay.page().awaitType("container_update");
        assertThat(container(list, "web").path("action").path("by").asText()).isEqualTo("ann");

        controller.becomes(exited("web"), ChangeReason.STOPPED);
        assertThat(plain.await("its effect", message -> message.has("changes"))).isNotNull();
        assertThat(plain.received("container_update")).hasSize(2);
    }

    @Test
    void actionEndsWithItsController() {
        var stop = new ActionInProgress(ContainerAction.STOP, "ann", Instant.now(), 45L);
        controller.becomes(running("web").withAction(stop), ChangeReason.ACTION);
        controller.leaves();
        JsonNode away =
                page.await("its absence", message -> status(message, "web").equals("unknown"));
        assertThat(container(away, "web").has("action")).isFalse();

        controller.changesWithoutMessage(running("web"), ChangeReason.ACTION);
        controller.returns();
        Awaitility.await("its return")
                .until(() -> status(page.received("container_update").getLast(), "web")
                        .equals("running"));
        assertThat(container(page.received("container_update").getLast(), "web").has("action"))
                .isFalse();
    }

    @Test
    void burstOfChangesIsSentInFewMessagesWithoutLoss() {
        page.send(HELLO);
        page.settle("ready");
        for (int i = 0; i < 50; i++) {
            controller.becomes(i % 2 == 0 ? running("db") : exited("db"), ChangeReason.RESTARTED);
        }

        page.expect("all changes", message -> changesHeard() == 50);
        assertThat(page.received("containers_changed").size()).isBetween(1, 4);
        assertThat(page.received("containers_changed"))
                .allMatch(message -> message.path("containers").size() == 1);
    }

    @Test
    void holeIsFilledByTheWholeList() {
        controller.changesWithoutMessage(running("db"), ChangeReason.STARTED);
        controller.becomes(exited("web"), ChangeReason.STOPPED);

        JsonNode update = page.await("both", message -> message.path("changes").size() == 2);
        assertThat(status(update, "db")).isEqualTo("running");
        assertThat(status(update, "web")).isEqualTo("exited");
    }

    @Test
    void controllerThatLeftIsServedAsLastKnownUntilItReturns() {
        controller.leaves();
        JsonNode away =
                page.await("its absence", message -> status(message, "web").equals("unknown"));
        JsonNode web = container(away, "web");
        assertThat(web.path("last_status").asText()).isEqualTo("running");
        assertThat(Instant.parse(web.path("as_of").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(web.path("actions").path("stop").asText()).contains("edge-1 is away");
        assertThat(page.awaitType("controller_status").path("state").asText()).isEqualTo("waiting");

        controller.changesWithoutMessage(running("db"), ChangeReason.STARTED);
        controller.returns();

        JsonNode back =
                page.await("its return", message -> message.path("changes").size() == 1);
        assertThat(back.path("changes").get(0).path("name").asText()).isEqualTo("db");
        assertThat(status(back, "web")).isEqualTo("running");
        assertThat(container(back, "web").has("last_status")).isFalse();
    }

    @Test
    void placeholderIdOfAnUplinkIsForgottenByEveryPage() {
        page.send(HELLO);
        Bus bus = Bus.of(relay.vertx);
        Instant since = Instant.now();
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence("host:8090", LinkState.CONNECTING, since, 0, null, true, List.of()));
        page.expect(
                "it is listed", message -> message.path("controller").asText().equals("host:8090"));
        int before = page.received("container_update").size();

        bus.publish(Addresses.CONTROLLERS, new ControllerPresence("host:8090", null, since, 0, null, true, List.of()));

        page.expect(
                "the whole list",
                message -> page.received("container_update").size() > before
                        && page.received("container_update")
                                        .getLast()
                                        .path("controllers")
                                        .size()
                                == 1);
    }

    @Test
    void laterBrowserIsInformedOfAnEngineThatIsAway() {
        controller.engine(false, "connection refused");
        assertThat(page.awaitType("engine_status").path("available").asBoolean())
                .isFalse();

        Page late = relay.page();
        JsonNode status = late.awaitType("engine_status");
        assertThat(status.path("controller").asText()).isEqualTo("edge-1");
        assertThat(status.path("message").asText()).isEqualTo("connection refused");
        assertThat(status(late.awaitType("container_update"), "web")).isEqualTo("unknown");
    }

    @Test
    void nothingIsSentWithoutAChange() {
        page.settle("one");
        int before = page.received().size();
        controller.announce();
        controller.announce();
        page.settle("two");

        assertThat(page.received().subList(before, page.received().size()))
                .allMatch(message -> message.path("type").asText().equals("pong"));
    }

    @Test
    void stoppingRelayAsksBrowsersToReconnect() {
        relay.undeploy();

        assertThat(page.awaitClose()).isEqualTo((short) 1001);
    }

    private int changesHeard() {
        return page.received("containers_changed").stream()
                .mapToInt(message -> message.path("changes").size())
                .sum();
    }

    private static String status(JsonNode message, String name) {
        return container(message, name).path("status").asText();
    }

    private static JsonNode container(JsonNode message, String name) {
        for (JsonNode container : message.path("containers")) {
            if (container.path("name").asText().equals(name)) {
                return container;
            }
        }
        return message.path("missing");
    }

    private static void assertFieldsOf(String type, JsonNode message) throws Exception {
        JsonNode golden =
                new ObjectMapper().readTree(StateToBrowsersTest.class.getResourceAsStream("/golden/" + type + ".json"));
        assertThat(names(message)).as(type).isEqualTo(names(golden));
        for (String list : List.of("containers", "changes", "controllers")) {
            if (golden.has(list)) {
                assertThat(names(message.path(list).path(0)))
                        .as("%s of %s", list, type)
                        .containsAll(names(golden.path(list).path(0)));
            }
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
