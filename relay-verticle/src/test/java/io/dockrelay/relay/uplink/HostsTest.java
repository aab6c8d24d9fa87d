package io.dockrelay.relay.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;

import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The hosts of a relay: from the settings, the hosts file and the REST interface, while the relay runs. */
class HostsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeController berlin = new FakeController(vertx);
    private final FakeController oslo = new FakeController(vertx);
    private RunningRelay relay;

    @BeforeEach
    void ports() throws Exception {
        berlin.id = "berlin-1";
        berlin.labels = new JsonObject().put("region", "eu").put("role", "edge");
        oslo.id = "oslo-1";
        oslo.labels = new JsonObject().put("region", "north");
        berlin.start();
        oslo.start();
    }

    @AfterEach
    void close() throws Exception {
        if (relay != null) {
            relay.close();
        }
        UplinkFixture.done(vertx.close());
    }

    @Test
    void hostIsAddedListedAndRemovedWhileTheRelayRuns() throws Exception {
        relay = new RunningRelay(kept());
        Page page = relay.page();

        Answer added = add("berlin", berlin);

        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.json().path("name").asText()).isEqualTo("berlin");
        assertThat(added.json().path("source").asText()).isEqualTo("page");
        page.expect("its containers", message -> message.path("containers").size() == 1);
        JsonNode host = awaitConnected("berlin");
        assertThat(host.path("controller").asText()).isEqualTo("berlin-1");
        assertThat(host.path("url").asText()).isEqualTo(url(berlin));
        assertThat(host.path("labels").path("region").asText()).isEqualTo("eu");
        assertThat(host.path("lastContact").asText()).startsWith("20");
        assertThat(host.has("problem")).isFalse();

        Answer removed = relay.send("DELETE", "/api/hosts/berlin");

        assertThat(removed.status()).as(removed.body()).isEqualTo(200);
        await().atMost(SOON).until(() -> controllers("").isEmpty());
        assertThat(hosts("")).isEmpty();
        assertThat(relay.get("/api/data").json().path("containers")).isEmpty();
        page.expect(
                "the list without it",
                message -> message.path("type").asText().equals("container_update")
                        && message.path("containers").isEmpty());
        assertThat(relay.send("DELETE", "/api/hosts/berlin").status()).isEqualTo(404);
    }

    @Test
    void addedHostIsThereAfterARestart() throws Exception {
        relay = new RunningRelay(kept());
        assertThat(add("berlin", berlin).status()).isEqualTo(201);
        assertThat(add(null, oslo).status()).isEqualTo(201);
        assertThat(relay.send("DELETE", "/api/hosts/berlin").status()).isEqualTo(200);
        relay.close();

        relay = new RunningRelay(kept());

        assertThat(awaitConnected(oslo.target().placeholder())).isNotNull();
        assertThat(hosts("")).hasSize(1);
        assertThat(Files.getPosixFilePermissions(folder.resolve("hosts.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void lostHostStaysListedAndComesBackByItself() throws Exception {
        relay = new RunningRelay(kept());
        assertThat(add("berlin", berlin).status()).isEqualTo(201);
        JsonNode before = awaitConnected("berlin");

        berlin.stop();

        await().atMost(SOON).until(() -> host("berlin").path("state").asText().equals("waiting"));
        JsonNode lost = host("berlin");
        assertThat(lost.path("problem").asText()).isNotEmpty();
        assertThat(lost.path("controller").asText()).isEqualTo("berlin-1");
        assertThat(lost.path("lastContact").asText())
                .isGreaterThanOrEqualTo(before.path("lastContact").asText());
        JsonNode link = controllers("").getFirst();
        assertThat(link.path("state").asText()).isNotEqualTo("connected");
        assertThat(link.path("since").asText()).isNotEmpty();
        assertThat(link.path("labels").path("region").asText()).isEqualTo("eu");
        assertThat(relay.get("/api/data").json().path("containers")).hasSize(1);

        berlin.start();

        assertThat(awaitConnected("berlin")).isNotNull();
    }

    @Test
    void hostsFileIsReadAgainWhenItChanges() throws Exception {
        Path file = folder.resolve("hosts-of-the-site.json");
        write(file, entry("berlin", berlin));
        relay = new RunningRelay(kept().put("hostsFile", file.toString()));
        assertThat(awaitConnected("berlin")).isNotNull();
        assertThat(host("berlin").path("source").asText()).isEqualTo("file");

        write(file, entry("berlin", berlin), entry("oslo", oslo));
        assertThat(awaitConnected("oslo")).isNotNull();
        assertThat(berlin.connections.get())
                .as("a host that has not changed keeps its connection")
                .isEqualTo(1);

        write(file, entry("oslo", oslo));
        await().atMost(SOON).until(() -> controllers("").size() == 1);
        assertThat(host("berlin")).isNull();

        Files.writeString(file, "{\"hosts\":[{\"name\":\"oslo\"");
        Files.writeString(file, "{\"hosts\":[{\"name\":\"oslo\",\"uri\":\"ws://x\"}]}");
        write(file, entry("oslo", oslo), entry("berlin", berlin));
        assertThat(awaitConnected("berlin")).isNotNull();
        assertThat(oslo.connections.get()).as("a mistake changes nothing").isEqualTo(1);

        Answer refused = relay.send("DELETE", "/api/hosts/berlin");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("is in the hosts file: remove it there, from " + file);
    }

    @Test
    void hostOfTheFileWaitsForItsAddressAndSaysWhy() throws Exception {
        Path file = folder.resolve("site.json");
        write(file);
        relay = new RunningRelay(kept().put("hostsFile", file.toString()));
        assertThat(add("by-hand", berlin).status()).isEqualTo(201);
        write(file, entry("berlin", berlin));

        await().atMost(SOON).until(() -> host("berlin") != null);
        assertThat(host("berlin").path("problem").asText()).contains("\"by-hand\"", "remove it first");
        assertThat(relay.send("DELETE", "/api/hosts/by-hand").status()).isEqualTo(200);

        assertThat(awaitConnected("berlin")).isNotNull();
        assertThat(hosts("")).hasSize(1);
    }

    @Test
    void tokenOfOneHostComesFromItsFileAndIsNeverAnswered() throws Exception {
        Path token = folder.resolve("berlin.token");
        Files.writeString(token, "the-secret-of-berlin\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Path file = folder.resolve("site.json");
        write(file, entry("berlin", berlin).put("tokenFile", "berlin.token"));

        relay = new RunningRelay(kept().put("hostsFile", file.toString()));

        assertThat(awaitConnected("berlin")).isNotNull();
        assertThat(berlin.handshakes.getFirst()).anyMatch("authorization"::equalsIgnoreCase);
        assertThat(relay.get("/api/hosts").body()).doesNotContain("the-secret", "berlin.token");
        Files.writeString(token, "the-next-secret-of-berlin\n");
        await().atMost(SOON).until(() -> berlin.connections.get() == 2);
    }

    @Test
    void tokenThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws Exception {
        Path token = folder.resolve("berlin.token");
        Files.writeString(token, "the-secret-of-berlin\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Path file = folder.resolve("site.json");
        write(file, entry("berlin", berlin).put("tokenFile", token.toString()));

        assertThatThrownBy(() -> new RunningRelay(kept().put("hostsFile", file.toString())))
                .hasStackTraceContaining("run chmod 600 " + token);
    }

    @Test
    void hostOfTheSettingsIsListedAndNotRemoved() throws Exception {
        relay = new RunningRelay(kept().put("controllerWs", JsonArray.of(url(berlin)))
                .put("controllerApi", JsonArray.of(berlin.target().api().toString())));
        assertThat(awaitConnected(berlin.target().placeholder())).isNotNull();
        assertThat(hosts("").getFirst().path("source").asText()).isEqualTo("settings");

        Answer refused = relay.send("DELETE", "/api/hosts/" + berlin.target().placeholder());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("controllerWs (CONTROLLER_WS)");
        Answer twice = add("again", berlin);
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body()).contains("has the address " + berlin.target().placeholder() + " already");
    }

    @Test
    void withoutAFolderNoHostCanBeAdded() throws Exception {
        relay = new RunningRelay();

        Answer refused = add("berlin", berlin);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("set dataFolder (RELAY_DATA_FOLDER)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|must be a URL such as wss://host:port",
                "[]|The body must be JSON such as",
                "{\"url\":\"wss://berlin\",\"token\":\"x\"}|The body must be JSON such as",
                "{\"url\":\"ftp://berlin\"}|must be a URL such as wss://host:port, without a user or a path",
                "{\"url\":\"wss://user:word@berlin\"}|without a user or a path",
                "{\"url\":\"wss://berlin\",\"restUrl\":\"berlin\"}|must be a URL such as https://host:port",
                "{\"name\":\"a/b\",\"url\":\"wss://berlin\"}|A host's name must have 1 to 128 letters"
            })
    void requestWithAMistakeAddsNothing(String body, String sentence) throws Exception {
        relay = new RunningRelay(kept());

        Answer refused = relay.postJson("/api/hosts", body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertSentence(refused).contains(sentence);
        assertThat(hosts("")).isEmpty();
        assertThat(relay.post("/api/hosts").status()).isEqualTo(415);
    }

    @Test
    void brokenFileOfAddedHostsStopsTheStartWithASentence() throws Exception {
        Files.writeString(folder.resolve("hosts.json"), "{\"hosts\":");

        assertThatThrownBy(() -> new RunningRelay(kept()))
                .hasStackTraceContaining("The hosts that were added cannot be used")
                .hasStackTraceContaining("hosts.json: it is not JSON: see line 1. Mend the file, or remove it");
    }

    @Test
    void whatCannotBeKeptIsNotAdded() throws Exception {
        relay = new RunningRelay(kept());
        Files.writeString(folder.resolve("hosts.json"), "not JSON");

        Answer refused = add("berlin", berlin);

        assertThat(refused.status()).isEqualTo(503);
        assertSentence(refused).contains("cannot be kept now").doesNotContain(folder.toString());
        assertThat(hosts("")).isEmpty();
        await().atMost(SOON).until(() -> controllers("").isEmpty());
        assertThat(Files.readString(folder.resolve("hosts.json"))).isEqualTo("not JSON");
    }

    @Test
    void containersAndControllersAreFilteredByLabel() throws Exception {
        relay = new RunningRelay(kept());
        assertThat(add("berlin", berlin).status()).isEqualTo(201);
        assertThat(add("oslo", oslo).status()).isEqualTo(201);
        await().atMost(SOON)
                .until(() -> relay.get("/api/data").json().path("containers").size() == 2);
        assertThat(awaitConnected("berlin")).isNotNull();
        assertThat(awaitConnected("oslo")).isNotNull();

        assertThat(hosts("?label=region=eu")).hasSize(1);
        assertThat(hosts("?label=region")).hasSize(2);
        assertThat(controllers("?label=region=eu&label=role=edge"))
                .singleElement()
                .satisfies(link -> assertThat(link.path("controller").asText()).isEqualTo("berlin-1"));
        assertThat(controllers("?label=region=north&label=role")).isEmpty();
        assertThat(relay.get("/api/data?label=region=north").json().path("containers"))
                .hasSize(1);
        assertThat(relay.get("/api/data?label=region=south").json().path("containers"))
                .isEmpty();
        Answer wrong = relay.get("/api/controllers?label==eu");
        assertThat(wrong.status()).isEqualTo(400);
        assertSentence(wrong).contains("NAME=VALUE or NAME");
    }

    @Test
    void hostOnTheBusIsListedBesideThoseOfUplinks() throws Exception {
        relay = new RunningRelay(kept());
        var local = new BusController(relay.vertx, "local", running("web"), running("db"));
        assertThat(add("berlin", berlin).status()).isEqualTo(201);

        await().atMost(SOON)
                .until(() -> relay.get("/api/data").json().path("containers").size() == 3);

        assertThat(controllers("")).hasSize(2);
        assertThat(controllers("?label=region=eu")).hasSize(1);
        assertThat(hosts("")).as("the bus needs no host").hasSize(1);
        assertThat(relay.get("/api/container/web/logs").json().path("error").asText())
                .contains("\"web\" is on berlin-1 and local: write berlin-1/web");
        assertThat(relay.send("DELETE", "/api/hosts/berlin").status()).isEqualTo(200);
        await().atMost(SOON)
                .until(() -> relay.get("/api/data").json().path("containers").size() == 2);
        local.close();
    }

    @Test
    void addedAndRemovedHostsAreInTheRecord() throws Exception {
        Path file = folder.resolve("site.json");
        write(file);
        relay = new RunningRelay(
                kept().put("recordFolder", folder.resolve("record").toString()).put("hostsFile", file.toString()));
        assertThat(add("berlin", berlin).status()).isEqualTo(201);
        assertThat(add("berlin", oslo).status()).isEqualTo(409);
        assertThat(relay.send("DELETE", "/api/hosts/berlin").status()).isEqualTo(200);
        write(file, entry("oslo", oslo));

        await().atMost(SOON).until(() -> recorded().stream().anyMatch(line -> line.contains("new: oslo")));
        assertThat(recorded())
                .anyMatch(line -> line.contains("\"done\"") && line.contains("added: " + url(berlin)))
                .anyMatch(line -> line.contains("\"refused\"") && line.contains("There is a host"))
                .anyMatch(line -> line.contains("\"done\"") && line.contains("\"removed\""));
    }

    private List<String> recorded() throws Exception {
        return elements(relay.get("/api/record?limit=100").json().path("entries")).stream()
                .map(JsonNode::toString)
                .filter(line -> line.contains("\"host\""))
                .toList();
    }

    private JsonObject kept() {
        return new JsonObject().put("dataFolder", folder.toString());
    }

    private Answer add(String name, FakeController controller) throws Exception {
        return relay.postJson("/api/hosts", entry(name, controller).encode());
    }

    private static JsonObject entry(String name, FakeController controller) {
        var entry = new JsonObject()
                .put("url", url(controller))
                .put("restUrl", controller.target().api().toString());
        return name == null ? entry : entry.put("name", name);
    }

    private static String url(FakeController controller) {
        return "ws://localhost:" + controller.target().ws().getPort();
    }

    /** As an editor or a configuration system replaces it. */
    private static void write(Path file, JsonObject... hosts) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                aside,
                new JsonObject().put("hosts", new JsonArray(List.of(hosts))).encode());
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private JsonNode awaitConnected(String name) {
        return await().atMost(SOON)
                .until(
                        () -> host(name),
                        host -> host != null && host.path("state").asText().equals("connected"));
    }

    private JsonNode host(String name) throws Exception {
        return hosts("").stream()
                .filter(host -> host.path("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }

    private List<JsonNode> hosts(String query) throws Exception {
        return elements(relay.get("/api/hosts" + query).json().path("hosts"));
    }

    private List<JsonNode> controllers(String query) throws Exception {
        return elements(relay.get("/api/controllers" + query).json().path("controllers"));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static AbstractStringAssert<?> assertSentence(Answer answer) {
        return assertThat(answer.json().path("error").asText());
    }
}
