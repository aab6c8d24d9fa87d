package io.dockrelay.relay.signin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.fleet.Containers;
import io.dockrelay.relay.signin.oidc.CookieBrowser;
import io.dockrelay.relay.signin.oidc.RealProvider;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UsersFile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A download that lasts longer than a session may be idle. */
class SessionOfDownloadTest {

    private static final String PASSWORD = "correct horse battery";
    private static final byte[] LINE = "2025-11-25T22:52:30.123456789Z hello\n".getBytes(UTF_8);

    /** The page gets newer cookies than the one that began the download. */
    @Test
    void goesOnWhileThePageUsesTheSession(@TempDir Path folder) throws Exception {
        var users = new UsersFile(folder.resolve("users.json"));
        assertThat(users.edit(none -> none.with("anna", PasswordHash.of(PASSWORD, 64, 1), Set.of("operator"))))
                .isNotNull();
        try (RunningRelay relay = new RunningRelay(new JsonObject()
                        .put("signIn", JsonArray.of("users"))
                        .put("dataFolder", folder.toString())
                        .put("sessionIdle", "3s"));
                BusController controller = new BusController(relay.vertx, "edge", Containers.running("web"));
                HttpClient http = HttpClient.newHttpClient()) {
            answerDownloads(relay, controller);
            String[] cookie = {signIn(relay)};
            await().until(() ->
                    relay.get("/api/data", "Cookie", cookie[0]).body().contains("web"));
            Page page = relay.page("/ws", "Cookie", cookie[0]);
            URI log = URI.create("http://127.0.0.1:" + relay.port() + "/api/container/web/logs/download");
            var download = http.sendAsync(
                    HttpRequest.newBuilder(log).header("Cookie", cookie[0]).build(),
                    HttpResponse.BodyHandlers.discarding());

            await().pollInterval(Duration.ofMillis(300))
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(9))
                    .until(() -> {
                        Answer use = relay.get("/api/data", "Cookie", cookie[0]);
                        cookie[0] = newest(use, cookie[0]);
                        return !download.isDone() && !page.socket().isClosed();
                    });
            // Nothing uses it any more.
            await().atMost(Duration.ofSeconds(9)).until(download::isCompletedExceptionally);
        }
    }

    /** No page and no further request keep the session in use. */
    @Test
    void endsSoonAfterTheProviderHasRevokedTheSession(@TempDir Path folder) throws Exception {
        int port = freePort();
        String address = "http://127.0.0.1:" + port;
        try (RealProvider provider = new RealProvider(0, address);
                RunningRelay relay = new RunningRelay(atProvider(provider, address, port, folder));
                BusController controller = new BusController(relay.vertx, "edge", Containers.running("web"));
                CookieBrowser browser = new CookieBrowser();
                HttpClient http = HttpClient.newHttpClient()) {
            answerDownloads(relay, controller);
            provider.groups("anna", "ops");
            String unused = browser.signIn(address, "/");
            await().until(() -> browser.get(address + "/api/data").body().contains("web"));
            URI log = URI.create(address + "/api/container/web/logs/download");
            var download = http.sendAsync(
                    HttpRequest.newBuilder(log)
                            .header("Cookie", browser.cookies())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            int asked = provider.requests("/token");
            await().atMost(Duration.ofSeconds(15)).until(() -> provider.requests("/token") >= asked + 3);
            assertThat(download.isDone()).isFalse();

            provider.revoke("anna");

            await().atMost(Duration.ofSeconds(15)).until(download::isCompletedExceptionally);
        }
    }

    private static JsonObject atProvider(RealProvider provider, String address, int port, Path folder) {
        return new JsonObject()
                .put("port", port)
                .put("signIn", JsonArray.of("oidc"))
                .put("dataFolder", folder.toString())
                .put("publicAddress", address)
                .put("oidcIssuer", provider.issuer())
                .put("oidcClientId", "dockrelay")
                .put("oidcClientSecret", "the-secret-of-the-relay")
                .put("oidcScopes", JsonArray.of("openid", "profile", "groups"))
                .put("oidcCheck", "1s")
                .put("groupRoles", JsonArray.of("ops=operator"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void answerDownloads(RunningRelay relay, BusController controller) {
        assertThat(controller).isNotNull();
        Bus bus = Bus.of(relay.vertx);
        Soon.done(bus.answer(
                        Addresses.openDownload("edge"),
                        asked -> Future.succeededFuture(new DownloadOpened(asked.container())))
                .ready());
        Soon.done(bus.answer(
                        Addresses.pullDownload("edge"),
                        asked -> relay.vertx.timer(20, TimeUnit.MILLISECONDS).map(new DownloadPart(LINE, false, null)))
                .ready());
    }

    private static String signIn(RunningRelay relay) throws Exception {
        String body =
                new JsonObject().put("name", "anna").put("password", PASSWORD).encode();
        return newest(relay.postJson("/api/session", body), null);
    }

    private static String newest(Answer answer, String before) {
        String cookie = answer.header("Set-Cookie");
        return cookie == null ? before : cookie.substring(0, cookie.indexOf(';'));
    }
}
