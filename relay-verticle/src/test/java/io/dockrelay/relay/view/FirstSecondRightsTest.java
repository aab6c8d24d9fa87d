package io.dockrelay.relay.view;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.fleet.ExpectedControllers;
import io.dockrelay.relay.fleet.ExpectedControllers.OnBus;

import static org.assertj.core.api.Assertions.assertThat;

/** While a host has not been heard of, what someone may not see answers as what does not exist: by every door. */
class FirstSecondRightsTest {

    private static final String UNHEARD = "absent:8090";

    private PrincipalRelay relay;

    @BeforeEach
    void open() {
        relay = new PrincipalRelay(new ExpectedControllers(Set.of(UNHEARD), OnBus.NONE, Duration.ofMinutes(5)));
        Awaitility.await("all hosts")
                .until(() -> relay.send("admin", "GET", "/api/data").body().contains("almanac")
                        && relay.send("admin", "GET", "/api/data").body().contains("cashier")
                        && relay.send("admin", "GET", "/api/data").body().contains("vault"));
    }

    @AfterEach
    void close() {
        relay.close();
    }

    static Stream<String> whoSeeSomething() {
        return PrincipalRelay.PRINCIPALS.keySet().stream().filter(who -> !who.equals("stranger"));
    }

    @Test
    void hiddenContainerIsNotKnownYetLikeAMissingOneAtEveryRoute() throws Exception {
        for (DoorTable.Row row : DoorTable.rows("rest", "container").toList()) {
            for (String who : whoSeeSomething().toList()) {
                for (String hidden : List.of("vault", "northern%2Falmanac")) {
                    if (sees(who, hidden.replace("northern%2F", ""))) {
                        continue;
                    }
                    String missing = hidden.replace("vault", "nonesuch").replace("almanac", "nonesuch");
                    HttpResponse<String> answer = send(who, row, hidden);
                    HttpResponse<String> none = send(who, row, missing);
                    String what = who + " " + row.door() + " " + hidden;
                    assertThat(answer.statusCode()).as(what).isEqualTo(503).isEqualTo(none.statusCode());
                    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                    assertThat(answer.headers().map().keySet())
                            .isEqualTo(none.headers().map().keySet());
                    assertThat(answer.body().replace("vault", "nonesuch").replace("almanac", "nonesuch"))
                            .as(what)
                            .isEqualTo(none.body());
                }
            }
        }
    }

    @Test
    void whoSeesNothingIsAnsweredAsAlways() throws Exception {
        for (DoorTable.Row row : DoorTable.rows("rest", "container").toList()) {
            for (String name : List.of("vault", "webshop", "nonesuch")) {
                assertThat(send("stranger", row, name).statusCode()).isEqualTo(404);
            }
        }
        Page page = relay.page("stranger");
        assertThat(subscribe(page, "webshop", "s").path("code").asText()).isEqualTo("no_such_container");
    }

    @Test
    void hostThatIsVisibleAndHeardOfHasNoOtherContainers() throws Exception {
        for (DoorTable.Row row : DoorTable.rows("rest", "container").toList()) {
            for (String who : whoSeeSomething().toList()) {
                assertThat(send(who, row, "eastern%2Fnonesuch").statusCode())
                        .as(who + " " + row.door())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void searchThatFindsNoContainerIsNotDecidedYet() throws Exception {
        assertThat(relay.send("operator", "GET", "/api/containers/logs/search?text=x&project=none")
                        .statusCode())
                .isEqualTo(503);
        assertThat(relay.send("operator", "GET", "/api/containers/logs/search?text=x&project=blog")
                        .statusCode())
                .as("a project that is hidden")
                .isEqualTo(503);
        assertThat(relay.send("stranger", "GET", "/api/containers/logs/search?text=x&project=none")
                        .statusCode())
                .isEqualTo(404);
        String both = relay.send("operator", "GET", "/api/containers/logs/search?container=webshop&container=vault")
                .body();
        assertThat(both).contains("\"container\":\"vault\",\"status\":503");
    }

    @Test
    void subscriptionsOfHiddenAndMissingContainersWaitAndEndInTheSameWay() throws Exception {
        Map<String, Page> pages = new TreeMap<>();
        whoSeeSomething().forEach(who -> pages.put(who, relay.page(who)));
        for (String who : pages.keySet()) {
            for (String name : List.of("almanac", "nonesuch")) {
                if (sees(who, name)) {
                    continue;
                }
                JsonNode waiting = subscribe(pages.get(who), name, name);
                assertThat(waiting.path("type").asText()).as(who).isEqualTo("log_state");
                assertThat(waiting.path("state").asText()).isEqualTo("waiting");
                assertThat(waiting.path("message").asText()).isEqualTo("no controller lists it yet");
            }
        }
        relay.bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(
                        UNHEARD, LinkState.WAITING, Instant.now(), 1, 500L, true, List.of(), null, null, "no", true));
        for (String who : pages.keySet()) {
            Page page = pages.get(who);
            page.expect("the end for " + who, message -> isRefused(message, "nonesuch"));
            if (!sees(who, "almanac")) {
                page.expect("the same for " + who, message -> isRefused(message, "almanac"));
            }
        }
    }

    private boolean sees(String who, String name) throws Exception {
        return relay.send(who, "GET", "/api/data").body().contains(name);
    }

    private static boolean isRefused(JsonNode message, String name) {
        return message.path("code").asText().equals("no_such_container")
                && message.path("message").asText().equals("no container \"" + name + "\" is known");
    }

    private static JsonNode subscribe(Page page, String container, String sub) {
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"sub\":\"" + sub + "\"}");
        return page.await(
                "an answer to " + container,
                message -> message.path("sub").asText().equals(sub));
    }

    private HttpResponse<String> send(String who, DoorTable.Row row, String form) throws Exception {
        return relay.send(who, row.method(), row.path().replace(":name", form));
    }
}
