package io.dockrelay.relay.view;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.relay.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** The protocol of Vert.x's event-bus bridge, by clients with different rights. */
class BridgeTest {

    private static final String PATH = "/eventbus/websocket";
    private static final String FRAMED = "/eventbus/000/abcdefgh/websocket";

    private static final List<String> FRAMES = List.of(
            "",
            "null",
            "[]",
            "[\"\"]",
            "[\"{}\",\"{}\"]",
            "\"text\"",
            "{",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"register\"}",
            "{\"type\":\"register\",\"address\":{}}",
            "{\"type\":\"register\",\"address\":\"dockrelay.logs.\"}",
            "{\"type\":\"register\",\"address\":\"dockrelay.logs." + "x".repeat(4000) + "\"}",
            "{\"type\":\"register\",\"address\":\"dockrelay.logs.webshop\",\"headers\":{\"after\":{}}}",
            "{\"type\":\"register\",\"address\":\"dockrelay.stats\",\"headers\":7}",
            "{\"type\":\"unregister\",\"address\":\"dockrelay.logs.nothing\"}",
            "{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":[]}",
            "{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"\\u0000\\\"\"}",
            "{\"type\":\"subscribe_logs\",\"container\":\"webshop\"}",
            "[".repeat(5000),
            "{\"type\":\"" + "x".repeat(60_000) + "\"}");

    private final PrincipalRelay relay = new PrincipalRelay();

    @BeforeEach
    void awaitHosts() {
        relay.awaitHosts();
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void eachClientGetsTheContainersThatItMaySee() {
        Page reader = client("reader");
        Page host = client("host");
        register(reader, "dockrelay.containers");
        register(host, "dockrelay.containers");

        assertThat(names(at(reader, "dockrelay.containers"))).containsExactly("cashier", "ledger", "webshop");
        assertThat(names(at(host, "dockrelay.containers"))).containsExactly("gazette", "ledger", "webshop");
        assertThat(reader.received().toString()).doesNotContain("gazette", "vault", "bulletin", "northern");
    }

    @Test
    void nothingArrivesThatIsNotRegistered() {
        Page reader = client("reader");
        reader.send(
                "{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"reply-1\",\"body\":{}}");
        assertThat(names(at(reader, "reply-1"))).contains("webshop");
        assertThat(reader.received()).hasSize(1);
    }

    @Test
    void logIsAtAnAddressOfItsOwnForThoseWhoMayReadIt() {
        Page reader = client("reader");
        register(reader, "dockrelay.logs.eastern/webshop");
        JsonNode first = at(reader, "dockrelay.logs.eastern/webshop");
        assertThat(first.at("/body/type").asText()).isEqualTo("log_snapshot");
        assertThat(first.at("/body/container").asText()).isEqualTo("webshop");

        Page viewer = client("viewer");
        register(viewer, "dockrelay.logs.webshop");
        assertThat(at(viewer, "dockrelay.logs.webshop").path("failureCode").asInt())
                .isEqualTo(403);
        register(viewer, "dockrelay.logs.vault");
        register(viewer, "dockrelay.logs.nonesuch");
        JsonNode hidden = at(viewer, "dockrelay.logs.vault");
        JsonNode missing = at(viewer, "dockrelay.logs.nonesuch");
        assertThat(hidden.path("failureCode")).isEqualTo(missing.path("failureCode"));
        assertThat(hidden.path("message").asText())
                .isEqualTo(missing.path("message").asText().replace("nonesuch", "vault"));
        assertThat(relay.followed).hasSize(1);

        reader.send("{\"type\":\"unregister\",\"address\":\"dockrelay.logs.eastern/webshop\"}");
        Awaitility.await("the end of the log").until(() -> relay.followed.getFirst().closed);
    }

    @Test
    void logEndsWithTheRightToIt() {
        Page reader = client("reader");
        register(reader, "dockrelay.logs.webshop");
        assertThat(at(reader, "dockrelay.logs.webshop")).isNotNull();
        relay.grant("{\"grants\": [{\"user\": \"reader\", \"role\": \"viewer\", \"project\": \"shop\"}]}");
        JsonNode error = await(
                reader, "the end", message -> message.path("type").asText().equals("err"));
        assertThat(error.path("address").asText()).isEqualTo("dockrelay.logs.webshop");
        assertThat(error.path("failureCode").asInt()).isEqualTo(403);
        Awaitility.await("the end of the log").until(() -> relay.followed.getFirst().closed);
    }

    @Test
    void socketOfOneWhoMayNothingAnyMoreIsClosed() {
        Page reader = client("reader");
        Page host = client("host");
        register(reader, "dockrelay.logs.webshop");
        assertThat(at(reader, "dockrelay.logs.webshop")).isNotNull();
        relay.grant("{\"grants\": [{\"user\": \"host\", \"role\": \"operator\", \"host\": \"eastern\"}]}");
        assertThat(reader.awaitClose()).isEqualTo((short) 4004);
        Awaitility.await("the end of the log").until(() -> relay.followed.getFirst().closed);
        settle(host);
        assertThat(host.socket().isClosed()).isFalse();
    }

    @Test
    void registrationAgainBeginsAgain() {
        Page reader = client("reader");
        for (int times = 1; times <= 3; times++) {
            int expected = times;
            register(reader, "dockrelay.logs.webshop");
            Awaitility.await("a snapshot of each")
                    .until(() -> count(reader, "dockrelay.logs.webshop", "log_snapshot") == expected);
            register(reader, "dockrelay.containers");
            Awaitility.await("a list of each")
                    .until(() -> count(reader, "dockrelay.containers", "container_update") == expected);
        }
        assertThat(relay.followed.stream().filter(log -> !log.closed)).hasSize(1);
    }

    /** Its first log would go on, with lines that the client does not get. */
    @Test
    void registrationAgainWithWrongHeadersEndsTheLogAndTheAddressCanBeUsedAgain() {
        Page reader = client("reader");
        register(reader, "dockrelay.logs.webshop");
        assertThat(at(reader, "dockrelay.logs.webshop")).isNotNull();
        reader.send("{\"type\":\"register\",\"address\":\"dockrelay.logs.webshop\",\"headers\":{\"lines\":\"all\"}}");
        assertThat(await(reader, "the refusal", message -> message.has("failureCode"))
                        .path("failureCode")
                        .asInt())
                .isEqualTo(400);
        Awaitility.await("the end of the log").until(() -> relay.followed.getFirst().closed);
        register(reader, "dockrelay.logs.webshop");
        Awaitility.await("a second snapshot").until(() -> count(reader, "dockrelay.logs.webshop", "log_snapshot") == 2);
        assertThat(relay.followed.stream().filter(log -> !log.closed)).hasSize(1);
    }

    @Test
    void requestedListIsAlsoAtItsAddressForThoseWhoRegisteredIt() {
        Page reader = client("reader");
        register(reader, "dockrelay.containers");
        assertThat(at(reader, "dockrelay.containers")).isNotNull();
        settle(reader);
        Awaitility.await("the list of the request, at the address")
                .until(() -> count(reader, "dockrelay.containers", "container_update") == 2);
    }

    @Test
    void registrationsOfOneClientAreBounded() {
        Page reader = client("reader");
        for (int i = 0; i <= 1_000; i++) {
            register(reader, "dockrelay.logs.nonesuch" + i);
        }
        settle(reader);
        assertThat(at(reader, "dockrelay.logs.nonesuch1000").path("failureCode").asInt())
                .isEqualTo(429);
        assertThat(at(reader, "dockrelay.logs.nonesuch999").path("failureCode").asInt())
                .isEqualTo(404);
    }

    @Test
    void headersThatTheSessionRefusesFailAtTheirAddress() {
        Page reader = client("reader");
        for (String headers : List.of("{\"lines\":\"all\"}", "{\"after\":\"nonsense\"}", "{\"lines\":-1}")) {
            reader.send("{\"type\":\"register\",\"address\":\"dockrelay.logs.webshop\",\"headers\":" + headers + "}");
        }
        settle(reader);
        assertThat(reader.received("err"))
                .hasSize(3)
                .allSatisfy(error -> assertThat(error.path("address").asText()).isEqualTo("dockrelay.logs.webshop"))
                .allSatisfy(
                        error -> assertThat(error.path("failureCode").asInt()).isEqualTo(400));
        assertThat(relay.followed).isEmpty();
        for (String headers : List.of("{\"containers\":7}", "{\"containers\":{}}")) {
            reader.send("{\"type\":\"register\",\"address\":\"dockrelay.stats\",\"headers\":" + headers + "}");
        }
        settle(reader);
        assertThat(reader.received("err"))
                .hasSize(5)
                .last()
                .satisfies(error -> assertThat(error.path("address").asText()).isEqualTo("dockrelay.stats"));
    }

    @Test
    void oneListIsRequestedAtATime() {
        Page reader = client("reader");
        List<String> replies = List.of("a", "b", "c", "d", "e");
        replies.forEach(reply -> reader.send(
                "{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"" + reply + "\"}"));
        for (String reply : replies) {
            JsonNode answer = at(reader, reply);
            assertThat(answer.has("failureCode") ? answer.path("failureCode").asInt() : 200)
                    .isIn(200, 429);
        }
        assertThat(reader.received()).hasSize(replies.size());
        reader.send("{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"" + "x".repeat(129)
                + "\"}");
        assertThat(reader.await(
                                "the refusal",
                                message -> message.has("body")
                                        && message.path("type").asText().equals("err"))
                        .path("body")
                        .asText())
                .isEqualTo("access_denied");
    }

    /** Answers that a client does not read are bounded, and the others get theirs. */
    @Test
    void clientThatSendsAndDoesNotReadIsClosedAndNoOther() {
        Page honest = client("reader");
        Page hostile = client("reader");
        hostile.freeze();
        String list = "{\"type\":\"register\",\"address\":\"dockrelay.containers\"}";
        String denied = "{\"type\":\"send\",\"address\":\"x\",\"replyAddress\":\"" + "x".repeat(128) + "\"}";
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < 120_000 && failed.get() == 0; i++) {
            var sent = hostile.socket().writeTextMessage(i % 100 == 0 ? list : denied);
            sent.onFailure(closed -> failed.incrementAndGet());
            if (i % 1000 == 0) {
                settle(honest);
            }
        }
        settle(honest);
        hostile.thaw();
        assertThat(hostile.awaitClose()).isEqualTo((short) 4002);
        assertThat(honest.socket().isClosed()).isFalse();
    }

    @Test
    void actionsAreSeenOfVisibleContainersOnly() {
        Page reader = client("reader");
        Page host = client("host");
        register(reader, "dockrelay.actions");
        register(host, "dockrelay.actions");
        settle(reader);
        settle(host);
        publish("gazette");
        publish("webshop");
        JsonNode seen = at(reader, "dockrelay.actions");
        assertThat(seen.at("/body/container").asText()).isEqualTo("webshop");
        assertThat(at(host, "dockrelay.actions").at("/body/container").asText()).isEqualTo("gazette");
    }

    @Test
    void whatActsOrIsOfTheEventBusItselfIsDenied() {
        Page admin = client("admin");
        for (String address : List.of(
                "dockrelay.eastern.control",
                "dockrelay.eastern.containers",
                "dockrelay.eastern.details",
                "dockrelay.actions",
                "vertx.other")) {
            String reply = "reply of " + address;
            admin.send("{\"type\":\"send\",\"address\":\"" + address + "\",\"replyAddress\":\"" + reply
                    + "\",\"body\":{\"container\":\"webshop\",\"action\":\"stop\"}}");
            assertThat(at(admin, reply).path("message").asText()).isEqualTo("access_denied");
        }
        admin.send("{\"type\":\"publish\",\"address\":\"dockrelay.containers.changed\",\"body\":{}}");
        for (String address :
                List.of("dockrelay.containers.changed", "dockrelay.eastern.stats", "dockrelay.tail.x.lines")) {
            register(admin, address);
        }
        settle(admin);
        assertThat(admin.received("err")).hasSize(5 + 1 + 3);
        assertThat(relay.controllers.values())
                .allSatisfy(one -> assertThat(one.controls).isEmpty());
    }

    @Test
    void malformedFramesAreAnsweredAndAffectNoOtherClient() {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        for (String path : List.of(PATH, FRAMED)) {
            Page honest = client("reader");
            Page hostile = relay.page("reader", path);
            for (int i = 0; i < 60; i++) {
                String frame = FRAMES.get(i % FRAMES.size());
                hostile.send(i < 30 ? frame : shuffled(frame, chance));
            }
            register(honest, "dockrelay.containers");
            assertThat(names(at(honest, "dockrelay.containers"))).contains("webshop");
            assertThat(hostile.socket().isClosed()).as("seed %d", seed).isFalse();
            assertThat(hostile.received().toString()).as("seed %d", seed).doesNotContain("gazette", "vault");
        }
    }

    @Test
    void clientOfSockJsHasItsMessagesInFrames() {
        List<String> texts = new CopyOnWriteArrayList<>();
        Page page = relay.page("reader", FRAMED, texts::add);
        page.send("[\"{\\\"type\\\":\\\"register\\\",\\\"address\\\":\\\"dockrelay.containers\\\"}\"]");
        Awaitility.await("the list").until(() -> texts.size() > 1);
        assertThat(texts.getFirst()).isEqualTo("o");
        assertThat(texts.get(1)).startsWith("a[\"{\\\"type\\\":\\\"rec\\\"").contains("webshop");
    }

    private Page client(String principal) {
        return relay.page(principal, PATH);
    }

    private static void register(Page page, String address) {
        page.send("{\"type\":\"register\",\"address\":\"" + address + "\",\"headers\":{}}");
    }

    /** Waits until everything before has been answered. */
    private static void settle(Page page) {
        String reply = "settled " + System.nanoTime();
        page.send("{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"" + reply + "\"}");
        assertThat(at(page, reply)).isNotNull();
    }

    private static long count(Page page, String address, String type) {
        return page.received().stream()
                .filter(message -> message.path("address").asText().equals(address))
                .filter(message -> message.at("/body/type").asText().equals(type))
                .count();
    }

    private static JsonNode at(Page page, String address) {
        return await(page, address, message -> message.path("address").asText().equals(address));
    }

    private static JsonNode await(Page page, String what, Predicate<JsonNode> like) {
        return page.await(what, like);
    }

    private static Set<String> names(JsonNode message) {
        Set<String> names = new TreeSet<>();
        message.at("/body/containers")
                .forEach(container -> names.add(container.path("name").asText()));
        return names;
    }

    private void publish(String container) {
        relay.bus.publish(
                Addresses.ACTIONS,
                new ServerMessage.Action(
                        container,
                        "eastern",
                        container,
                        ContainerAction.STOP,
                        ActionState.ACCEPTED,
                        Instant.now(),
                        null,
                        "x"));
    }

    private static String shuffled(String frame, Random chance) {
        StringBuilder text = new StringBuilder(frame);
        for (int i = 0; i < 3 && !text.isEmpty(); i++) {
            text.setCharAt(chance.nextInt(text.length()), (char) (' ' + chance.nextInt(90)));
        }
        return text.toString();
    }
}
