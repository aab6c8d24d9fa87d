package io.dockrelay.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.settings.AccessSettings;

import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(VertxExtension.class)
class AuthenticationTest {

    private static final Principal ANNA = Principal.user("anna", "admin", "10.0.0.1");

    /** Requests on one connection, and at the same time on others: each has its own. */
    @Test
    void eachRequestAndSocketHasItsOwnPrincipal(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = request -> {
            Principal named = Principal.user(request.getHeader("Name"), "admin", "10.0.0.1");
            return request.getHeader("Name").startsWith("slow")
                    ? vertx.timer(5).map(named)
                    : Future.succeededFuture(named);
        };
        until(vertx.deployVerticle(fixture));
        HttpClient http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(3));
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = (i % 2 == 0 ? "slow" : "quick") + i;
            answers.add(http.request(HttpMethod.GET, fixture.port, "127.0.0.1", "/who")
                    .compose(request -> request.putHeader("Name", name)
                            .send()
                            .compose(response -> response.body().map(body -> name + "=" + body))));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(get(answers.get(i))).matches("(\\w+)=\\1");
        }
        until(http.close());
        WebSocketConnectOptions options = fixture.toSocket("/ws").putHeader("Name", "berta");
        assertThat(get(fixture.webSockets(vertx).connect(options))).isNotNull();
        assertThat(fixture.next(fixture.clients).principal().name()).isEqualTo("berta");
    }

    @Test
    void openRequestHasNoPrincipal(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = new Authentication() {
            @Override
            public Future<Principal> admit(HttpServerRequest request) {
                return refuse(request);
            }

            @Override
            public boolean isOpen(HttpServerRequest request) {
                return true;
            }
        };
        until(vertx.deployVerticle(fixture));

        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/hello/you")).isEqualTo("200 hello you");
        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/who")).startsWith("500");
        assertThatThrownBy(() -> fixture.connect(vertx)).hasMessageContaining("401");
    }

    @Test
    void slowAuthenticationLosesNeitherBodyNorHandshake(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = request -> vertx.timer(20).map(ANNA);
        until(vertx.deployVerticle(fixture));

        HttpClient http = vertx.createHttpClient();
        String echoed = get(http.request(HttpMethod.POST, fixture.port, "127.0.0.1", "/echo")
                .compose(request -> request.send("a body")
                        .compose(response -> response.body().map(Object::toString))));
        until(http.close());
        assertThat(echoed).isEqualTo("a body");
        WebSocket client = fixture.connect(vertx);
        get(client.writeTextMessage("in"));
        assertThat(fixture.next(fixture.received)).isEqualTo("in");
    }

    @Test
    void refusedClientGetsStatusAndReason(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = AuthenticationTest::refuse;
        until(vertx.deployVerticle(fixture));

        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/hello/you"))
                .isEqualTo("401 {\"error\":\"Sign in first.\"}");
        assertThatThrownBy(() -> fixture.connect(vertx)).hasMessageContaining("401");
    }

    @Test
    void refusalNamesTheClientOfATrustedProxy(Vertx vertx) throws Exception {
        for (List<String> trusted : List.of(List.<String>of(), List.of("127.0.0.1/32"))) {
            ListenerFixture fixture = new ListenerFixture(10);
            fixture.signIn = AuthenticationTest::refuse;
            fixture.access = new AccessSettings(List.of(), List.of(), trusted, "hosts", "origins", "proxies");
            until(vertx.deployVerticle(fixture));

            String request =
                    ListenerFixture.get("/hello/you", "Host: localhost", "X-Forwarded-For: 10.0.0.7, 10.0.0.8");
            assertThat(fixture.raw(vertx, request)).contains("401");

            assertThat(fixture.next(fixture.refused))
                    .isEqualTo(new RefusedRequest(trusted.isEmpty() ? "127.0.0.1" : "10.0.0.8", 401, "Sign in first."));
        }
    }

    @Test
    void refusalThatTheStepHasReportedIsNotReportedAgain(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = request -> Future.failedFuture(Authentication.NotAdmitted.reported(
                401, "The token is not valid.", Map.of("WWW-Authenticate", "Bearer")));
        until(vertx.deployVerticle(fixture));

        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/hello/you"))
                .isEqualTo("401 {\"error\":\"The token is not valid.\"}");
        assertThat(fixture.raw(vertx, ListenerFixture.get("/hello/you", "Host: localhost")))
                .containsIgnoringCase("WWW-Authenticate: Bearer");

        assertThat(fixture.refused).isEmpty();
    }

    private static Future<Principal> refuse(HttpServerRequest request) {
        return Future.failedFuture(new Authentication.NotAdmitted(401, "Sign in first."));
    }
}
