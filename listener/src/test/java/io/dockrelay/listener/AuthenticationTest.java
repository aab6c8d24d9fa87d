package io.dockrelay.listener;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(VertxExtension.class)
class AuthenticationTest {

    @Test
    void slowAuthenticationLosesNeitherBodyNorHandshake(Vertx vertx) throws Exception {
        ListenerFixture fixture = new ListenerFixture(10);
        fixture.signIn = request -> vertx.timer(20).mapEmpty();
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

    private static Future<Void> refuse(HttpServerRequest request) {
        return Future.failedFuture(new Authentication.NotAdmitted(401, "Sign in first."));
    }
}
