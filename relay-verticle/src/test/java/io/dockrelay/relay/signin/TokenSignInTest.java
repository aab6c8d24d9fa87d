package io.dockrelay.relay.signin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.NewToken;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** API tokens and tickets at a real relay, with real files. */
class TokenSignInTest {

    private static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD, 64, 1);

    /** A change holds within a second; a busy machine gets more. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String REFUSED = "{\"error\":\"The token or ticket is not valid.\"}";

    @TempDir
    private Path folder;

    private UsersFile users;
    private TokensFile tokens;
    private RunningRelay relay;
    private BusController controller;

    @BeforeEach
    void open() {
        users = new UsersFile(folder.resolve("users.json"));
        tokens = new TokensFile(folder);
        editUsers(all -> all.with("anna", HASH, Set.of("operator"))
                .with("berta", HASH, Set.of("viewer"))
                .with("root", HASH, Set.of("admin")));
        relay = start();
        controller = new BusController(
                relay.vertx,
                "edge",
                container("web", Map.of()),
                container("vault", Map.of("dockrelay.hidden", "true")));
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private RunningRelay start() {
        return new RunningRelay(
                new JsonObject().put("signIn", JsonArray.of("users")).put("dataFolder", folder.toString()));
    }

    private void editUsers(UnaryOperator<Users> edit) {
        assertThat(users.edit(edit)).isNotNull();
    }

    private static Container container(String name, Map<String, String> labels) {
        return new Container(
                name,
                "shop-" + name + "-1",
                ContainerStatus.RUNNING,
                "Up 5 seconds",
                null,
                String.format("%012x", name.hashCode() & 0xffffffffL),
                true,
                null,
                Actions.ALL_ALLOWED,
                Details.ofService("image:1", "shop", name, labels),
                null);
    }

    /** The headers of a page with a new session. */
    private String[] session(String name) throws Exception {
        Answer answer = relay.postJson("/api/session", credentials(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String cookie = answer.header("Set-Cookie");
        return new String[] {
            "Cookie", cookie.substring(0, cookie.indexOf(';')), "Origin", "http://127.0.0.1:" + relay.port()
        };
    }

    private static String credentials(String name) {
        return new JsonObject().put("name", name).put("password", PASSWORD).encode();
    }

    private Answer make(String[] session, String name, String... permissions) throws Exception {
        JsonObject body = new JsonObject().put("name", name).put("permissions", new JsonArray(List.of(permissions)));
        return relay.postJson("/api/tokens", body.encode(), session);
    }

    /** The text of a new token. */
    private String secret(String maker, String... permissions) throws Exception {
        Answer made = make(session(maker), "ci", permissions);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("secret").asText();
    }

    private static String[] bearer(String secret) {
        return new String[] {"Authorization", "Bearer " + secret};
    }

    private static String id(String secret) {
        return secret.split("_", -1)[1];
    }

    private String ticket(String secret) throws Exception {
        Answer answer = relay.post("/api/ticket", bearer(secret));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("expires_in_ms").asInt()).isEqualTo(30_000);
        return answer.json().path("ticket").asText();
    }

    /** The status with which a handshake is refused. */
    private int refusedHandshake(String path, String... headers) {
        Throwable cause = catchThrowable(() -> relay.page(path, headers));
        while (cause != null && !(cause instanceof UpgradeRejectedException)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("a refusal of " + path).isNotNull();
        return ((UpgradeRejectedException) cause).getStatus();
    }

    /** The same for an address that no good client sends. */
    private String statusOfHandshake(String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        }
    }

    private void awaitContainers(String secret) {
        await().atMost(SOON)
                .until(() -> relay.get("/api/data", bearer(secret)).body().contains("\"web\""));
    }

    /** A token in the file, as a command would add it. */
    private String inTheFile(Instant expires, Permission... permissions) {
        TokenSecret secret = TokenSecret.random();
        var token = new ApiToken(
                secret.id(),
                "nightly",
                Optional.empty(),
                Set.of(permissions),
                Place.EVERYWHERE,
                Instant.now(),
                expires,
                HexFormat.of().formatHex(secret.hash()));
        assertThat(tokens.edit(all -> all.with(token, Instant.now()))).isNotNull();
        return secret.reveal();
    }

    @Test
    void programUsesRestAndWebSocketWithItsToken() throws Exception {
        Answer made = make(session("anna"), "ci", "logs", "control");
        String secret = made.json().path("secret").asText();

        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.json().path("token").path("permissions").toString()).isEqualTo("[\"logs\",\"control\"]");
        assertThat(made.json().path("token").path("start").asText()).isEqualTo("dockrelay_" + id(secret));
        awaitContainers(secret);
        assertThat(relay.get("/api/session", bearer(secret)).json().path("name").asText())
                .isEqualTo("anna/ci");
        Page page = relay.page("/ws", bearer(secret));
        assertThat(page.awaitType("container_update").path("containers")).isNotNull();
        assertThat(relay.post("/api/container/web/restart", bearer(secret)).status())
                .as("no Origin: a bearer is not sent by another page")
                .isEqualTo(202);
        await().atMost(SOON).until(() -> !controller.controls.isEmpty());
        assertThat(controller.controls.getFirst().by()).isEqualTo("anna/ci");
        assertThat(relay.get("/api/container/web/stats/history", bearer(secret)).status())
                .as("not in its scope")
                .isEqualTo(403);
    }

    @Test
    void tokenIsListedWithoutItsSecretAndWithItsLastUse() throws Exception {
        String[] anna = session("anna");
        String secret = make(anna, "ci", "view").json().path("secret").asText();
        assertThat(relay.get("/api/tokens", anna).json().at("/tokens/0").has("last_use"))
                .isFalse();
        assertThat(relay.get("/api/data", bearer(secret)).status()).isEqualTo(200);

        Answer list = relay.get("/api/tokens", anna);

        JsonNode token = list.json().at("/tokens/0");
        assertThat(token.path("name").asText()).isEqualTo("ci");
        assertThat(token.path("own").asBoolean()).isTrue();
        assertThat(Instant.parse(token.path("last_use").asText()))
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(Duration.between(
                                Instant.parse(token.path("made").asText()),
                                Instant.parse(token.path("expires").asText()))
                        .toDays())
                .isEqualTo(90);
        assertThat(list.json().path("permissions").toString())
                .isEqualTo("[\"view\",\"stats\",\"inspect\",\"logs\",\"control\"]");
        assertThat(list.body()).doesNotContain(secret.substring(23));
        relay.close();
        await().atMost(SOON).until(() -> Files.exists(folder.resolve("token-uses")));
        assertThat(Files.readString(folder.resolve("token-uses"))).startsWith(id(secret) + " ");
        for (String name : List.of("tokens.json", "token-uses")) {
            assertThat(Files.readString(folder.resolve(name))).doesNotContain(secret.substring(23));
        }
    }

    @Test
    void usersSeeTheirOwnTokensAndAdminsSeeAll() throws Exception {
        String[] anna = session("anna");
        String[] berta = session("berta");
        String[] root = session("root");
        String id = id(make(anna, "ci", "view").json().path("secret").asText());

        assertThat(relay.get("/api/tokens", berta).json().path("tokens")).isEmpty();
        assertThat(relay.get("/api/tokens", root).json().at("/tokens/0/maker").asText())
                .isEqualTo("anna");
        assertThat(relay.get("/api/tokens", root).json().at("/tokens/0/own").asBoolean())
                .isFalse();
        Answer hidden = relay.send("DELETE", "/api/tokens/" + id, berta);
        Answer none = relay.send("DELETE", "/api/tokens/000000000000", berta);
        assertThat(hidden.status()).isEqualTo(404).isEqualTo(none.status());
        assertThat(hidden.body()).isEqualTo(none.body());
        assertThat(make(berta, "ci", "view").status())
                .as("a name of another maker")
                .isEqualTo(201);
        assertThat(make(anna, "CI", "view").status()).isEqualTo(409);
        assertThat(relay.send("DELETE", "/api/tokens/" + id, root).status()).isEqualTo(200);
    }

    @Test
    void noTokenHasMoreRightsThanItsMaker() throws Exception {
        Answer refused = make(session("berta"), "ci", "view", "control");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("more rights than you", "control");

        String secret = secret("anna", "view", "control");
        awaitContainers(secret);
        editUsers(all -> all.withRoles("anna", Set.of("viewer")));

        await().atMost(SOON)
                .until(() ->
                        relay.post("/api/container/web/restart", bearer(secret)).status() == 403);
        assertThat(relay.get("/api/data", bearer(secret)).body()).contains("\"web\"");
    }

    @Test
    void tokenManagesNoTokensAndNoSessions() throws Exception {
        String secret = inTheFile(Instant.now().plusSeconds(3600), Permission.VIEW, Permission.ADMIN);
        awaitContainers(secret);

        String body = "{\"name\":\"more\",\"permissions\":[\"admin\"]}";
        assertThat(relay.postJson("/api/tokens", body, bearer(secret)).status()).isEqualTo(403);
        assertThat(relay.get("/api/tokens", bearer(secret)).status()).isEqualTo(403);
        assertThat(relay.send("DELETE", "/api/tokens/" + id(secret), bearer(secret))
                        .status())
                .isEqualTo(403);
        assertThat(relay.send("DELETE", "/api/session/everywhere", bearer(secret))
                        .status())
                .isEqualTo(403);
        assertThat(tokens.read().all()).hasSize(1);
    }

    @Test
    void hiddenContainerStaysHiddenToAToken() throws Exception {
        String secret = secret("anna", "view", "logs", "control");
        awaitContainers(secret);
        Page page = relay.page("/ws", bearer(secret));

        assertThat(page.awaitType("container_update").toString()).doesNotContain("vault");
        assertThat(relay.get("/api/data", bearer(secret)).body()).doesNotContain("vault");
        Answer hidden = relay.post("/api/container/vault/stop", bearer(secret));
        Answer none = relay.post("/api/container/nones/stop", bearer(secret));
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body().replace("vault", "nones")).isEqualTo(none.body());
        assertThat(controller.controls).isEmpty();
    }

    @Test
    void revokedTokenEndsItsSocketsAndDownloadsWithinASecond() throws Exception {
        String[] anna = session("anna");
        String secret = make(anna, "ci", "logs").json().path("secret").asText();
        String other = make(anna, "other", "logs").json().path("secret").asText();
        awaitContainers(secret);
        answerDownloads();
        Page byHeader = relay.page("/ws", bearer(secret));
        Page byTicket = relay.page("/ws?ticket=" + ticket(secret));
        Page stays = relay.page("/ws", bearer(other));
        String unused = ticket(secret);
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            CompletableFuture<HttpResponse<Void>> download = beginDownload(http, secret);

            assertThat(relay.send("DELETE", "/api/tokens/" + id(secret), anna).status())
                    .isEqualTo(200);

            await().atMost(SOON).until(download::isDone);
            assertThatThrownBy(download::get).hasCauseInstanceOf(IOException.class);
        }
        assertThat(byHeader.awaitClose()).isEqualTo((short) 4005);
        assertThat(byTicket.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", bearer(secret)).body()).isEqualTo(REFUSED);
        assertThat(refusedHandshake("/ws?ticket=" + unused)).isEqualTo(401);
        stays.settle("untouched");
        assertThat(stays.socket().isClosed()).isFalse();
    }

    @Test
    void commandThatRevokesEndsTheSocketsToo() throws Exception {
        String secret = inTheFile(Instant.now().plusSeconds(3600), Permission.VIEW);
        awaitContainers(secret);
        Page page = relay.page("/ws", bearer(secret));

        assertThat(tokens.edit(all -> all.without(token -> token.id().equals(id(secret))))
                        .all())
                .isEmpty();

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", bearer(secret)).status()).isEqualTo(401);
    }

    @Test
    void tokensOfARemovedUserAreGoneForEver() throws Exception {
        String secret = secret("anna", "view");
        Page page = relay.page("/ws", bearer(secret));

        editUsers(all -> all.without("anna"));

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", bearer(secret)).body()).isEqualTo(REFUSED);
        await().atMost(SOON).until(() -> tokens.read().all().isEmpty());
        editUsers(all -> all.with("anna", HASH, Set.of("admin")));
        await().atMost(SOON)
                .until(() -> relay.postJson("/api/session", credentials("anna")).status() == 200);
        assertThat(relay.get("/api/data", bearer(secret)).status())
                .as("another user with the same name")
                .isEqualTo(401);
    }

    @Test
    void newPasswordKeepsTheTokens() throws Exception {
        String secret = secret("anna", "view");
        editUsers(all -> all.withPassword("anna", PasswordHash.of("another password", 64, 1)));

        await().during(Duration.ofMillis(1200))
                .atMost(SOON)
                .until(() -> relay.get("/api/data", bearer(secret)).status() == 200);
    }

    @Test
    void expiredTokenIsRefusedLikeAForgedOneAndItsSocketEnds() throws Exception {
        String secret = inTheFile(Instant.now().plusSeconds(3), Permission.VIEW);
        await().atMost(SOON).until(() -> relay.get("/api/data", bearer(secret)).status() == 200);
        Page page = relay.page("/ws", bearer(secret));
        String ticket = ticket(secret);

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(refusedHandshake("/ws?ticket=" + ticket)).as("its ticket").isEqualTo(401);
        Answer expired = relay.get("/api/data", bearer(secret));
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.body()).isEqualTo(REFUSED);
        assertThat(expired.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        Answer list = relay.get("/api/tokens", session("root"));
        assertThat(list.json().at("/tokens/0/expired").asBoolean()).isTrue();
    }

    /** N is a text in the place of a digit. */
    @ParameterizedTest
    @CsvSource({"another secret", "another id", "longer", "shorter", "upper case", "cut", "two headers"})
    void forgedTokenIsRefused(String forgery) throws Exception {
        String secret = secret("anna", "view");
        String other = TokenSecret.random().reveal();
        String[] headers = switch (forgery) {
            case "another secret" -> bearer(secret.substring(0, 23) + other.substring(23));
            case "another id" -> bearer(other.substring(0, 23) + secret.substring(23));
            case "longer" -> bearer(secret + "0");
            case "shorter" -> bearer(secret.substring(0, secret.length() - 1));
            case "upper case" -> bearer("dockrelay_" + secret.substring(10).toUpperCase(java.util.Locale.ROOT));
            case "cut" -> bearer("dockrelay_");
            default -> new String[] {"Authorization", "Bearer " + secret, "Authorization", "Bearer " + other};
        };

        Answer answer = relay.get("/api/data", headers);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(REFUSED);
        assertThat(refusedHandshake("/ws", headers)).isEqualTo(401);
        assertThat(relay.get("/api/data", "authorization", "bearer  " + secret).status())
                .as("the true one, in another form of the header")
                .isEqualTo(200);
    }

    @Test
    void bearerOfAnotherProgramIsLeftToTheSession() throws Exception {
        String[] anna = session("anna");

        assertThat(relay.get("/api/data", "Authorization", "Bearer eyJhbGciOi", "Cookie", anna[1])
                        .status())
                .isEqualTo(200);
        assertThat(relay.get("/api/data", "Authorization", "Basic eDp5", "Cookie", anna[1])
                        .status())
                .isEqualTo(200);
        assertThat(relay.get("/api/data", "Authorization", "Bearer eyJhbGciOi").status())
                .isEqualTo(401);
    }

    @Test
    void tokenBesideACookieIsTheTokenAndNeedsAnOrigin() throws Exception {
        String[] root = session("root");
        String secret = secret("berta", "view");
        awaitContainers(secret);

        String[] both = {"Authorization", "Bearer " + secret, "Cookie", root[1]};
        assertThat(relay.post("/api/container/web/stop", both).body()).contains("Origin");
        String[] withOrigin = {"Authorization", "Bearer " + secret, "Cookie", root[1], "Origin", root[3]};
        assertThat(relay.post("/api/container/web/stop", withOrigin).body()).contains("this needs control");
        String[] foreign = {"Authorization", "Bearer " + secret, "Origin", "http://evil.example"};
        assertThat(relay.get("/api/data", foreign).status()).isEqualTo(403);
    }

    @Test
    void wrongTokensAreLimitedAndTheRightOneIsNot() throws Exception {
        String secret = secret("anna", "view");
        for (int i = 0; i < 10; i++) {
            assertThat(relay.get("/api/data", bearer(TokenSecret.random().reveal()))
                            .status())
                    .isEqualTo(401);
        }

        Answer limited = relay.get("/api/data", bearer(TokenSecret.random().reveal()));

        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 15);
        assertThat(refusedHandshake("/ws?ticket=x")).isEqualTo(429);
        assertThat(relay.get("/api/data", bearer(secret)).status()).isEqualTo(200);
        assertThat(session("anna")).hasSize(4);
    }

    @Test
    void ticketOpensOneWebSocketAndNothingElse() throws Exception {
        String secret = secret("anna", "view");
        awaitContainers(secret);
        String ticket = ticket(secret);

        assertThat(relay.get("/api/data?ticket=" + ticket).status()).isEqualTo(401);
        assertThat(relay.get("/?ticket=" + ticket).status()).isIn(200, 503);
        Page page = relay.page("/ws?ticket=" + ticket);
        assertThat(page.awaitType("container_update").toString())
                .contains("\"web\"")
                .doesNotContain("vault");
        assertThat(refusedHandshake("/ws?ticket=" + ticket)).as("replayed").isEqualTo(401);
        assertThat(refusedHandshake("/ws?ticket=" + ticket + "x")).as("forged").isEqualTo(401);
        assertThat(refusedHandshake("/ws?ticket=" + secret)).as("a token").isEqualTo(401);
        assertThat(refusedHandshake("/ws?ticket=")).as("empty").isEqualTo(401);
        assertThat(statusOfHandshake("/ws?ticket=%zz")).as("malformed").isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(relay.get("/api/data", bearer(ticket)).status()).isEqualTo(401);
        assertThat(page.socket().isClosed()).isFalse();
    }

    @Test
    void ticketsAreForTokensOnly() throws Exception {
        assertThat(relay.post("/api/ticket", session("anna")).status()).isEqualTo(403);
        assertThat(relay.post("/api/ticket").status()).isEqualTo(401);
    }

    @Test
    void brokenFileKeepsTheLastGoodTokens() throws Exception {
        String secret = secret("anna", "view");
        Files.writeString(tokens.path(), "{\"tokens\":[");

        await().during(Duration.ofMillis(1200))
                .atMost(SOON)
                .until(() -> relay.get("/api/data", bearer(secret)).status() == 200);
        Answer refused = make(session("anna"), "more", "view");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).doesNotContain(folder.toString());
        Files.writeString(tokens.path(), "{\"tokens\":[]}");
        await().atMost(SOON).until(() -> relay.get("/api/data", bearer(secret)).status() == 401);
    }

    @Test
    void tokenOutlivesARestartAndHoldsAtASecondRelay() throws Exception {
        String secret = secret("anna", "view");
        try (RunningRelay second = start()) {
            assertThat(second.get("/api/data", bearer(secret)).status()).isEqualTo(200);
            assertThat(relay.send("DELETE", "/api/tokens/" + id(secret), session("anna"))
                            .status())
                    .isEqualTo(200);
            await().atMost(SOON)
                    .until(() -> second.get("/api/data", bearer(secret)).status() == 401);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            415 | text/plain       | {"name":"ci","permissions":["view"]}
            400 | application/json | {"name":"a/b","permissions":["view"]}
            400 | application/json | {"name":"ci","permissions":["root"]}
            400 | application/json | {"name":"ci","permissions":[]}
            400 | application/json | {"name":"ci","permissions":["view"],"days":1000}
            400 | application/json | {"name":"ci","permissions":["view"],"place":{"projects":["shop"]}}
            400 | application/json | {"name":"ci","permissions":["view"],"place":{"label":["a\\u202Eb"]}}
            400 | application/json | {"name":"ci","permissions":["view"],"day":1}
            400 | application/json | {"name":"ci","permissions":["view"]} x
            400 | application/json | {"name":"ci"
            """)
    void requestWithAMistakeMakesNothing(int status, String type, String body) throws Exception {
        String[] anna = session("anna");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/api/tokens"))
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                .headers(anna)
                .header("Content-Type", type)
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(status);
        }
        assertThat(tokens.read().all()).isEmpty();
    }

    @Test
    void withoutSignInThereAreNoTokens() throws Exception {
        try (var open = new RunningRelay()) {
            assertThat(open.get("/api/tokens").status()).isEqualTo(409);
            assertThat(open.post("/api/ticket").status()).isEqualTo(409);
            assertThat(open.get("/api/data", bearer(TokenSecret.random().reveal()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void madeByTheCommandItIsTakenWithinASecond() throws Exception {
        TokenSecret secret = TokenSecret.random();
        var asked = new NewToken("nightly", Set.of(Permission.VIEW), Place.EVERYWHERE, 1);
        assertThat(tokens.edit(all -> all.with(asked.token(secret, Optional.empty(), Instant.now()), Instant.now()))
                        .all())
                .hasSize(1);

        awaitContainers(secret.reveal());
        assertThat(relay.get("/api/session", bearer(secret.reveal()))
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("/nightly");
    }

    /** Downloads that never end. */
    private void answerDownloads() {
        Bus bus = Bus.of(relay.vertx);
        byte[] line = "2025-11-25T22:52:30.123456789Z hello\n".getBytes(UTF_8);
        Soon.done(bus.answer(
                        Addresses.openDownload("edge"),
                        asked -> Future.succeededFuture(new DownloadOpened(asked.container())))
                .ready());
        Soon.done(bus.answer(
                        Addresses.pullDownload("edge"),
                        asked -> Future.succeededFuture(new DownloadPart(line, false, null)))
                .ready());
        Soon.done(bus.answer(Addresses.closeDownload("edge"), asked -> Future.succeededFuture(new Acknowledged()))
                .ready());
    }

    private CompletableFuture<HttpResponse<Void>> beginDownload(HttpClient http, String secret) throws Exception {
        var begun = new CountDownLatch(1);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.port() + "/api/container/web/logs/download"))
                .headers(bearer(secret))
                .build();
        CompletableFuture<HttpResponse<Void>> download = http.sendAsync(request, head -> {
            begun.countDown();
            return HttpResponse.BodySubscribers.discarding();
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        return download;
    }
}
