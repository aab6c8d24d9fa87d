package io.dockrelay.relay.view;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.dockrelay.listener.testing.OpenApiFile;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.rights.RightsClass;
import io.dockrelay.protocol.rights.TokenScope;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.signin.SignIns;
import io.dockrelay.settings.RelaySettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way into the relay × every principal × every container, from one table. What someone may not see answers exactly as
 * what does not exist.
 */
class DoorsTest {

    private static final String NOTHING = "nonesuch";

    private static PrincipalRelay relay;

    @BeforeAll
    static void open() {
        relay = new PrincipalRelay();
        relay.awaitHosts();
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @Test
    void everyDoorIsInTheTable(@TempDir Path folder) {
        List<String> real = new ArrayList<>(DoorTable.routes(relay.router()));
        real.addAll(DoorTable.routes(routesOfSignIn(folder)));
        real.addAll(DoorTable.types("message", ClientMessage.class));
        real.addAll(DoorTable.types("event", ServerMessage.class));
        DoorTable.calls().forEach((name, call) -> real.add("bus " + name));
        // Those of the page are compared by web/src/app/doors.test.ts.
        assertThat(DoorTable.rows())
                .extracting(DoorTable.Row::door)
                .filteredOn(door -> !door.startsWith("page "))
                .as("several ways to sign in may share a route")
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(real));
    }

    @Test
    void openApiFileHasEachRouteAndNoOther(@TempDir Path folder) {
        assertThat(OpenApiFile.read("docs/openapi.yaml")
                        .differences(
                                List.of(relay.router(), routesOfSignIn(folder)),
                                "relay-verticle (RelayRoutes, or the routes of a way to sign in)"))
                .isEmpty();
    }

    private static Router routesOfSignIn(Path folder) {
        JsonObject config = new JsonObject()
                .put("signIn", JsonArray.of("users", "oidc", "proxy"))
                .put("dataFolder", folder.toString())
                .put("publicAddress", "http://localhost:3000")
                .put("oidcIssuer", "https://id.example")
                .put("oidcClientId", "dockrelay")
                .put("signInProxies", JsonArray.of("10.0.0.1"))
                .put("environment", new JsonObject());
        RelaySettings settings = Soon.get(RelaySettings.load(relay.vertx, config));
        Router router = Router.router(relay.vertx);
        SignIns.of(relay.vertx, settings, Clock.systemUTC(), event -> {}).mount(router);
        return router;
    }

    static Stream<DoorTable.Row> callsOfControllers() {
        return DoorTable.rows("bus", "controller");
    }

    /** A call from outside this program is answered by a controller that allows its permission, and no other. */
    @ParameterizedTest
    @MethodSource("callsOfControllers")
    void callOfTheBusNeedsThePermissionOfItsRow(DoorTable.Row row) {
        Permission needed = row.permission().orElseThrow();
        var call = DoorTable.calls().get(row.name());
        var access = BusAccess.of(relay.vertx);
        access.restrict(DoorTable.ANY_CONTROLLER, Set.of(needed), Optional.empty());
        assertThat(access.refusal(call)).isEmpty();
        Set<Permission> others = EnumSet.copyOf(Permission.OF_CONTROLLERS);
        others.remove(needed);
        access.restrict(DoorTable.ANY_CONTROLLER, others, Optional.empty());
        assertThat(access.refusal(call)).isPresent();
    }

    static Stream<DoorTable.Row> routesOfTheRelay() {
        return DoorTable.rows("rest", "relay");
    }

    @ParameterizedTest
    @MethodSource("routesOfTheRelay")
    void routeOfTheRelayIsForThoseWhoHaveItsPermissionEverywhere(DoorTable.Row row) throws Exception {
        String needed = row.permission().orElseThrow().wireName();
        String path = row.path().replace(":id", "eastern");
        for (String who : List.of("viewer", "reader", "operator", "host")) {
            HttpResponse<String> answer = relay.send(who, row.method(), path);
            assertThat(answer.statusCode()).as(who + " " + row.door()).isEqualTo(403);
            assertThat(answer.body()).contains("This needs the permission " + needed);
        }
        assertThat(relay.send("admin", row.method(), path).statusCode()).isIn(200, 404, 409, 415);
    }

    static Stream<DoorTable.Row> routesOfContainers() {
        return DoorTable.rows("rest", "container");
    }

    @ParameterizedTest
    @MethodSource("routesOfContainers")
    void routeOfAContainerFollowsTheDecision(DoorTable.Row row) throws Exception {
        for (String who : PrincipalRelay.PRINCIPALS.keySet()) {
            for (Container container : containers().toList()) {
                for (String form : forms(container)) {
                    assertDecided(row, who, container, form);
                }
            }
        }
    }

    private static void assertDecided(DoorTable.Row row, String who, Container container, String form)
            throws Exception {
        Permission needed = row.permission().orElseThrow();
        Set<Permission> permitted = rightsOf(who).permissions(container);
        HttpResponse<String> answer = send(who, row, form);
        String what = who + " " + row.door() + " " + form + ": " + answer.body();
        if (!permitted.contains(Permission.VIEW)) {
            HttpResponse<String> none = send(who, row, form.replace(nameIn(form), NOTHING));
            assertThat(answer.statusCode()).as(what).isEqualTo(404).isEqualTo(none.statusCode());
            assertThat(answer.body().replace(nameIn(form), NOTHING)).as(what).isEqualTo(none.body());
            assertThat(answer.headers().map().keySet())
                    .isEqualTo(none.headers().map().keySet());
        } else if (!permitted.contains(needed)) {
            assertThat(answer.statusCode()).as(what).isEqualTo(403);
            String asked = needed == Permission.CONTROL ? row.action() : needed.wireName();
            assertThat(relay.refused).contains(who + " " + asked + " " + container.name());
        } else {
            assertThat(answer.statusCode()).as(what).isIn(200, 202);
        }
    }

    @Test
    void subscriptionFollowsTheDecision() {
        for (String who : PrincipalRelay.PRINCIPALS.keySet()) {
            Page page = relay.page(who);
            int number = 0;
            for (Container container : containers().toList()) {
                for (String form : forms(container)) {
                    String sub = "s" + number++;
                    JsonNode answer = subscribe(page, decoded(form), sub);
                    String code = answer.path("code").asText();
                    Set<Permission> permitted = rightsOf(who).permissions(container);
                    if (!permitted.contains(Permission.VIEW)) {
                        String none = decoded(form).replace(nameIn(form), NOTHING);
                        JsonNode other = subscribe(page, none, sub + "-");
                        assertThat(code).as(who + " " + form).isEqualTo("no_such_container");
                        assertThat(answer.toString()
                                        .replace(nameIn(form), NOTHING)
                                        .replace(sub + "-", sub))
                                .isEqualTo(other.toString().replace(sub + "-", sub));
                    } else {
                        boolean may = permitted.contains(Permission.LOGS);
                        assertThat(code).as(who + " " + form).isEqualTo(may ? "" : "not_allowed");
                    }
                    page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"" + decoded(form) + "\",\"sub\":\"" + sub
                            + "\"}");
                }
            }
        }
    }

    @Test
    void waitingForAHiddenContainerIsWaitingForNone() {
        Page page = relay.page("operator");
        JsonNode hidden = waitFor(page, "vault", "h");
        JsonNode none = waitFor(page, NOTHING, "n");
        assertThat(hidden.path("message")).isEqualTo(none.path("message"));
        assertThat(hidden.path("state").asText()).isEqualTo("waiting");
    }

    /** Medians of alternate requests, so that both see the same machine. */
    @Test
    void timeDoesNotShowWhetherAContainerExists() throws Exception {
        List<Long> hidden = new ArrayList<>();
        List<Long> none = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            hidden.add(nanosOf("/api/container/vault/details"));
            none.add(nanosOf("/api/container/" + NOTHING + "/details"));
        }
        double ratio = (double) median(hidden) / median(none);
        assertThat(ratio).as("hidden / missing").isBetween(0.1, 10.0);
    }

    private static long nanosOf(String path) throws Exception {
        long start = System.nanoTime();
        assertThat(get("operator", path).statusCode()).isEqualTo(404);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
    }

    /** Everything that a principal is sent, by every door that shows a list, while everything happens on every host. */
    @Test
    void listsAndEventsShowNothingThatDoesNotExistForTheReader() throws Exception {
        Map<String, Page> pages = new java.util.TreeMap<>();
        for (String who : PrincipalRelay.PRINCIPALS.keySet()) {
            Page page = relay.page(who);
            assertThat(page.awaitType("container_update")).isNotNull();
            if (!who.equals("viewer")) {
                page.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
            }
            page.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");
            page.settle("before");
            pages.put(who, page);
        }
        everythingHappens();
        for (Map.Entry<String, Page> entry : pages.entrySet()) {
            String who = entry.getKey();
            Page page = entry.getValue();
            awaitAll(who, page);
            StringBuilder all = new StringBuilder();
            page.received().forEach(message -> all.append(message).append('\n'));
            for (DoorTable.Row row : DoorTable.rows("rest", "list").toList()) {
                all.append(send(who, row, "").body()).append('\n');
            }
            assertShowsOnly(who, all.toString());
        }
    }

    @Test
    void loadIsOfPermittedContainersOnly() {
        Page page = relay.page("viewer");
        page.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");
        page.settle("s");
        publishLoad();
        JsonNode stats = page.awaitType("stats");
        assertThat(stats.path("items")).isNotEmpty();
        Page stranger = relay.page("stranger");
        stranger.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");
        stranger.settle("s");
        publishLoad();
        stranger.settle("t");
        assertThat(stranger.received("stats")).isEmpty();
        assertThat(stranger.awaitType("error").toString())
                .contains("\"not_allowed\"", "This needs the permission stats.", "\"subscribe_stats\"");
        assertThat(relay.refused).contains("stranger stats null").doesNotContain("viewer stats null");
    }

    /** It may have had the label that hides it: the relay does not know. */
    @Test
    void changeOfWhatWasNeverListedIsForAdminsOnly() throws Exception {
        var phantom = PrincipalRelay.container("phantom", "shop", Map.of());
        relay.controllers.get("eastern").reports(Change.removed(phantom.withController("eastern"), Instant.now()));
        Awaitility.await().until(() -> get("admin", "/api/changes").body().contains("phantom"));
        assertThat(get("host", "/api/changes").body()).doesNotContain("phantom");
    }

    /** It may have the label that hides it: the relay does not know. */
    @Test
    void loadOfWhatIsNotListedIsForAdminsOnly() {
        Page host = relay.page("host");
        Page admin = relay.page("admin");
        for (Page page : List.of(host, admin)) {
            page.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");
            page.settle("s");
        }
        relay.bus.publish(Addresses.stats("eastern"), sample("eastern", List.of("webshop", "phantom")));
        assertThat(admin.awaitType("stats").toString()).contains("webshop", "phantom");
        assertThat(host.awaitType("stats").toString()).contains("webshop").doesNotContain("phantom");
    }

    @Test
    void controllerIsDismissedByAnAdminOnly() throws Exception {
        assertThat(relay.send("host", "DELETE", "/api/controllers/eastern").statusCode())
                .isEqualTo(403);
        assertThat(relay.send("admin", "DELETE", "/api/controllers/eastern").statusCode())
                .as("it is connected")
                .isEqualTo(409);
        var hidden = relay.send("host", "DELETE", "/api/controllers/northern");
        var none = relay.send("host", "DELETE", "/api/controllers/" + NOTHING);
        assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
        assertThat(hidden.body().replace("northern", NOTHING)).isEqualTo(none.body());
        assertThat(relay.send("stranger", "DELETE", "/api/controllers/eastern").statusCode())
                .isEqualTo(404);
    }

    @Test
    void pastLoadOfAHiddenContainerIsNotAskedFor() throws Exception {
        int before = relay.controllers.get("eastern").histories.size();
        for (String form : List.of("vault", "shop-vault-1", idOf("vault"), NOTHING)) {
            var answer = get("host", "/api/container/" + form + "/stats/history?controller=eastern");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("no container \\\"" + form + "\\\" is known");
        }
        assertThat(relay.controllers.get("eastern").histories).hasSize(before);
    }

    @Test
    void searchReadsOnlyPermittedLogs() throws Exception {
        relay.searches.clear();
        String found = get("reader", "/api/containers/logs/search?text=x").body();
        assertThat(found).contains("a line of webshop", "a line of cashier").doesNotContain("vault", "gazette");
        assertThat(relay.searches)
                .flatExtracting(search -> search.scope().containers())
                .containsExactlyInAnyOrder(idOf("webshop"), idOf("ledger"), idOf("cashier"));
        assertThat(get("viewer", "/api/containers/logs/search?text=x").statusCode())
                .isEqualTo(403);
        assertThat(relay.refused).contains("viewer logs null");
        assertThat(get("stranger", "/api/containers/logs/search?text=x").statusCode())
                .isEqualTo(404);
        assertThat(get("reader", "/api/containers/logs/search?text=x&project=blog")
                        .body())
                .isEqualTo(get("reader", "/api/containers/logs/search?text=x&project=none")
                        .body());
    }

    private static void assertShowsOnly(String who, String text) {
        Set<String> seenHosts = new TreeSet<>();
        for (Container container : containers().toList()) {
            boolean seen = rightsOf(who).may(Permission.VIEW, container);
            if (seen) {
                seenHosts.add(container.controller());
            }
            for (String mark : List.of(container.name(), container.id())) {
                assertThat(text.contains(mark)).as("%s sees %s", who, mark).isEqualTo(seen);
            }
        }
        for (String host : PrincipalRelay.CONTAINERS.keySet()) {
            assertThat(text.contains(host)).as("%s sees %s", who, host).isEqualTo(seenHosts.contains(host));
        }
    }

    /** Each kind of event, on each host, of each container. */
    private static void everythingHappens() {
        containers().forEach(container -> {
            var controller = relay.controllers.get(container.controller());
            controller.becomes(container.withActions(container.actions()), ChangeReason.RESTARTED);
            controller.acts(new ServerMessage.Action(
                    "a-" + container.name(),
                    container.controller(),
                    container.name(),
                    ContainerAction.RESTART,
                    ActionState.DONE,
                    Instant.now(),
                    "the end of " + container.name(),
                    "by"));
        });
        relay.controllers.forEach((id, controller) -> {
            controller.engine(false, "the engine of " + id + " is away");
            controller.engine(true, null);
            controller.returns();
        });
        publishLoad();
    }

    private static void publishLoad() {
        PrincipalRelay.CONTAINERS.forEach((host, all) -> relay.bus.publish(
                Addresses.stats(host),
                sample(host, all.stream().map(Container::name).toList())));
    }

    private static StatsSample sample(String host, List<String> names) {
        List<ContainerStats> items = names.stream()
                .map(name -> new ContainerStats(host, name, idOf(name), 0.5, 1L, null, 1L, 1L, 1L, 1L))
                .toList();
        return new StatsSample(host, Instant.now(), new HostStats(host, 4, 1024L), items);
    }

    /** What is sent to all comes after what was caused before it. */
    private static void awaitAll(String who, Page page) {
        Set<String> visible = new TreeSet<>();
        containers()
                .filter(container -> rightsOf(who).may(Permission.VIEW, container))
                .forEach(container -> visible.add(container.name()));
        for (String name : visible) {
            page.expect(
                    "the action of " + name + " for " + who,
                    message -> message.path("type").asText().equals("action")
                            && message.path("container").asText().equals(name));
            page.expect(
                    "the change of " + name + " for " + who,
                    message -> message.path("changes").toString().contains(name));
        }
        page.settle("after");
        Awaitility.await().pollDelay(Duration.ofMillis(150)).until(() -> true);
        page.settle("after all");
    }

    private static JsonNode subscribe(Page page, String container, String sub) {
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"sub\":\"" + sub + "\"}");
        return page.await(
                "an answer to " + container,
                message -> message.path("sub").asText().equals(sub));
    }

    private static JsonNode waitFor(Page page, String container, String sub) {
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"sub\":\"" + sub
                + "\",\"wait\":true}");
        return page.await(
                "waiting",
                message -> message.path("sub").asText().equals(sub)
                        && message.path("type").asText().equals("log_state"));
    }

    private static HttpResponse<String> send(String who, DoorTable.Row row, String form) throws Exception {
        String path = row.path().replace(":name", form);
        return relay.send(who, row.method(), path);
    }

    private static HttpResponse<String> get(String who, String path) throws Exception {
        return relay.send(who, "GET", path);
    }

    /** Every way to write a container in a path. */
    private static List<String> forms(Container container) {
        return List.of(
                container.name(),
                container.fullName(),
                container.id(),
                container.controller() + "%2F" + container.name());
    }

    private static String decoded(String form) {
        return form.replace("%2F", "/");
    }

    /** The part of a form that names the container, or the host with it: both may not exist. */
    private static String nameIn(String form) {
        return form.contains("%2F") ? form.substring(form.indexOf("%2F") + 3) : form;
    }

    private static String idOf(String name) {
        return containers()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .map(Container::id)
                .orElse("00000000000f");
    }

    private static Stream<Container> containers() {
        return PrincipalRelay.CONTAINERS.entrySet().stream()
                .flatMap(host -> host.getValue().stream().map(container -> container.withController(host.getKey())));
    }

    private static RightsClass rightsOf(String who) {
        var rights = new Rights(true, Optional.of(PrincipalRelay.grants(PrincipalRelay.GRANTS)));
        Principal principal = PrincipalRelay.PRINCIPALS.get(who);
        TokenScope scope = PrincipalRelay.SCOPES.get(principal.name());
        return scope == null ? rights.of(principal) : rights.ofToken(principal, scope);
    }
}
