package io.dockrelay.relay.signin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Sign-in by name and password at a real relay, with a real users file. */
class UserSignInTest {

    private static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD, 64, 1);

    /** A change of the users holds within a second; a busy machine gets more. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private UsersFile file;
    private RunningRelay relay;

    @BeforeEach
    void open() {
        file = new UsersFile(folder.resolve("users.json"));
        edit(users -> users.with("anna", HASH, Set.of("operator")).with("berta", HASH, Set.of("viewer")));
        relay = start(new JsonObject());
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private RunningRelay start(JsonObject more) {
        return new RunningRelay(new JsonObject()
                .put("signIn", JsonArray.of("users"))
                .put("dataFolder", folder.toString())
                .mergeIn(more));
    }

    private void edit(UnaryOperator<Users> edit) {
        assertThat(file.edit(edit)).isNotNull();
    }

    private static String body(String name, String password) {
        return new JsonObject().put("name", name).put("password", password).encode();
    }

    private Answer signIn(RunningRelay at, String name, String... headers) throws Exception {
        return at.postJson("/api/session", body(name, PASSWORD), headers);
    }

    /** The cookie of a new session, as a browser sends it. */
    private String cookie(String name) throws Exception {
        Answer answer = signIn(relay, name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return sent(answer.header("Set-Cookie"));
    }

    private static String sent(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    private String origin() {
        return "http://127.0.0.1:" + relay.port();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/data",
        "GET, /api/changes",
        "GET, /api/container/web/logs",
        "GET, /api/container/web/logs/download",
        "GET, /api/containers/logs/search",
        "GET, /api/stats/history",
        "GET, //api/data",
        "GET, /%61pi/data",
        "GET, /x/../api/data",
        "GET, /./api/data",
        "HEAD, /api/data",
        "POST, /api/container/web/stop",
        "POST, /api/container/web/kill",
        "DELETE, /api/controllers/edge-1",
        "DELETE, /api/session/everywhere",
        "GET, /api",
        "GET, /api/unknown",
        "POST, /",
        "PUT, /anything"
    })
    void nothingIsServedWithoutASession(String method, String path) throws Exception {
        Answer refused = relay.send(method, path);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(method.equals("HEAD") || refused.body().equals("{\"error\":\"" + SignIn.NEEDED + "\"}"))
                .isTrue();
    }

    @Test
    void webSocketsNeedASessionAndPageAndHealthDoNot() throws Exception {
        for (String path : List.of("/", "/ws")) {
            assertThatThrownBy(() -> relay.page(path)).hasRootCauseMessage("WebSocket upgrade failure: 401");
        }
        assertThat(relay.get("/api/health").status()).isEqualTo(200);
        assertThat(relay.get("/").status()).isNotEqualTo(401);
        assertThat(relay.get("/c/edge-1/web").status()).isNotEqualTo(401);
        assertThat(relay.get("/api/session").body())
                .isEqualTo("{\"ok\":false,\"reason\":\"Sign in first.\",\"refused\":\"sign-in\",\"mode\":\"users\","
                        + "\"signedIn\":false}");
    }

    @Test
    void sessionOpensEverythingAndIsShown() throws Exception {
        Answer answer = signIn(relay, "anna");

        assertThat(answer.json().path("name").asText()).isEqualTo("anna");
        assertThat(answer.header("Set-Cookie"))
                .matches("dockrelay-[0-9a-f]{8}=[A-Za-z0-9_-]+; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict");
        String cookie = sent(answer.header("Set-Cookie"));
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
        Page page = relay.page("/ws", "Cookie", cookie);
        assertThat(page.awaitType("container_update")).isNotNull();
        assertThat(relay.get("/api/session", "Cookie", "other=1; " + cookie).body())
                .isEqualTo(
                        "{\"ok\":true,\"mode\":\"users\",\"signedIn\":true,\"name\":\"anna\",\"roles\":[\"operator\"]}");
    }

    @Test
    void healthShowsMoreToASignedInUser() throws Exception {
        assertThat(relay.get("/api/health").body())
                .startsWith("{\"status\":\"ok\",\"build\":")
                .doesNotContain("controllers");
        assertThat(relay.get("/api/health", "Cookie", cookie("anna")).body())
                .contains("\"controllers\":[]", "\"browsers\":0", "\"subscriptions\":0");
    }

    @Test
    void everyWrongCombinationGetsTheSameAnswer() throws Exception {
        List<String> wrong = List.of(
                body("anna", "wrong password"),
                body("nobody", PASSWORD),
                body("ANNA", PASSWORD),
                body("", ""),
                body("anna", ""),
                "{}");
        assertThat(wrong).allSatisfy(body -> {
            Answer answer = relay.postJson("/api/session", body);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"error\":\"The name or the password is wrong.\"}");
            assertThat(answer.header("Set-Cookie")).isNull();
        });
    }

    @Test
    void attemptsAreLimitedAndSayWhenToTryAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(relay.postJson("/api/session", body("anna", "wrong " + i))
                            .status())
                    .isEqualTo(401);
        }
        Answer limited = signIn(relay, "anna");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 15);
    }

    @Test
    void bodyMustBeSmallJson() throws Exception {
        assertThat(relay.send("POST", "/api/session").status()).isEqualTo(415);
        assertThat(relay.postJson("/api/session", "name=anna").status()).isEqualTo(400);
        assertThat(relay.postJson("/api/session", body("anna", "x".repeat(5000)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void requestThatChangesSomethingWithACookieNeedsItsOrigin() throws Exception {
        String cookie = cookie("anna");

        assertThat(relay.post("/api/container/web/stop", "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(relay.post("/api/container/web/stop", "Cookie", cookie, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(relay.send("DELETE", "/api/session", "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(relay.postJson("/api/session", body("berta", PASSWORD), "Cookie", cookie)
                        .status())
                .isEqualTo(403);
        assertThat(relay.post("/api/container/web/stop", "Cookie", cookie, "Origin", origin())
                        .body())
                .as("admitted; there is no such container")
                .contains("no container \\\"web\\\" is known");
    }

    @Test
    void signingOutEndsThisSessionAndItsSocketsOnly() throws Exception {
        String cookie = cookie("anna");
        String other = cookie("anna");
        Page page = relay.page("/ws", "Cookie", cookie);
        Page stays = relay.page("/ws", "Cookie", other);

        Answer out = relay.send("DELETE", "/api/session", "Cookie", cookie, "Origin", origin());

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);
        assertThat(relay.get("/api/data", "Cookie", other).status()).isEqualTo(200);
        assertThat(stays.socket().isClosed()).isFalse();
    }

    @Test
    void endedSessionStaysEndedAfterARestartAndOthersGoOn() throws Exception {
        String ended = cookie("anna");
        String kept = cookie("anna");
        assertThat(relay.send("DELETE", "/api/session", "Cookie", ended, "Origin", origin())
                        .status())
                .isEqualTo(200);
        relay.close();

        relay = start(new JsonObject());

        assertThat(relay.get("/api/data", "Cookie", ended).status()).isEqualTo(401);
        assertThat(relay.get("/api/data", "Cookie", kept).status()).isEqualTo(200);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("session.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void secondRelayWithTheSameKeyAndFilesSharesTheSessions() throws Exception {
        try (RunningRelay second = start(new JsonObject())) {
            String cookie = cookie("anna");
            assertThat(second.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
            Page page = second.page("/ws", "Cookie", cookie);

            assertThat(relay.send("DELETE", "/api/session", "Cookie", cookie, "Origin", origin())
                            .status())
                    .isEqualTo(200);

            assertThat(page.awaitClose()).isEqualTo((short) 4005);
            assertThat(second.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);
        }
    }

    @Test
    void signingOutEverywhereEndsAllSessionsOfTheUserOnly() throws Exception {
        String here = cookie("anna");
        String there = cookie("anna");
        String other = cookie("berta");
        Page page = relay.page("/ws", "Cookie", there);

        assertThat(relay.send("DELETE", "/api/session/everywhere", "Cookie", here, "Origin", origin())
                        .status())
                .isEqualTo(200);

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", "Cookie", here).status()).isEqualTo(401);
        assertThat(relay.get("/api/data", "Cookie", there).status()).isEqualTo(401);
        assertThat(relay.get("/api/data", "Cookie", other).status()).isEqualTo(200);
        assertThat(relay.get("/api/data", "Cookie", cookie("anna")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"remove", "password", "role"})
    void changeOfTheUserEndsItsSessionsSoon(String change) throws Exception {
        String cookie = cookie("anna");
        Page page = relay.page("/ws", "Cookie", cookie);

        edit(users -> switch (change) {
            case "remove" -> users.without("anna");
            case "password" -> users.withPassword("anna", PasswordHash.of("another password", 64, 1));
            default -> users.withRoles("anna", Set.of("viewer"));
        });

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);
        int again = change.equals("role") ? 200 : 401;
        assertThat(signIn(relay, "anna").status()).isEqualTo(again);
    }

    @Test
    void brokenFileKeepsTheLastGoodUsers() throws Exception {
        String cookie = cookie("anna");
        Files.writeString(file.path(), "{\"users\":[");

        await().during(Duration.ofMillis(1500))
                .atMost(SOON)
                .until(() -> relay.get("/api/data", "Cookie", cookie).status() == 200);
        Files.delete(file.path());
        await().during(Duration.ofMillis(1500))
                .atMost(SOON)
                .until(() -> relay.get("/api/session", "Cookie", cookie)
                        .json()
                        .path("signedIn")
                        .asBoolean());
        edit(users -> users.with("carla", HASH, Set.of("admin")));
        await().atMost(SOON).until(() -> signIn(relay, "carla").status() == 200);
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void sessionThatWasSetBeforeSignInIsReplaced() throws Exception {
        String first = cookie("berta");

        Answer answer = signIn(relay, "anna", "Cookie", first, "Origin", origin());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sent(answer.header("Set-Cookie"))).isNotEqualTo(first);
        assertThat(relay.get("/api/data", "Cookie", first).status()).isEqualTo(401);
        String forged = first.substring(0, first.indexOf('=') + 1) + "forged";
        assertThat(relay.get("/api/data", "Cookie", forged).status()).isEqualTo(401);
    }

    @Test
    void browserWithTlsGetsACookieForThisHostOnly() throws Exception {
        Answer answer = signIn(relay, "anna", "Origin", "https://127.0.0.1:" + relay.port());

        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-dockrelay-[0-9a-f]{8}=.*; Path=/; .*HttpOnly; SameSite=Strict; Secure");
        String cookie = sent(answer.header("Set-Cookie"));
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
    }

    @Test
    void cookieOfPlainHttpIsNotAcceptedBehindATrustedProxyWithTls() throws Exception {
        try (RunningRelay trusting = start(new JsonObject().put("trustedProxies", JsonArray.of("127.0.0.1")))) {
            String plain = sent(signIn(trusting, "anna").header("Set-Cookie"));
            String[] tls = {"Cookie", plain, "X-Forwarded-Proto", "https"};
            assertThat(trusting.get("/api/data", tls).status()).isEqualTo(401);
            Answer secure = signIn(trusting, "anna", "X-Forwarded-Proto", "https");
            assertThat(secure.header("Set-Cookie")).startsWith("__Host-").endsWith("; Secure");
        }
    }

    @Test
    void unusedSessionEndsWithItsSocketsAndUseRenewsIt() throws Exception {
        try (RunningRelay strict = start(new JsonObject().put("sessionIdle", "3s"))) {
            Answer answer = signIn(strict, "anna");
            String cookie = sent(answer.header("Set-Cookie"));
            Page page = strict.page("/ws", "Cookie", cookie);
            assertThat(page.awaitClose()).isEqualTo((short) 4005);
            assertThat(strict.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);

            String used = sent(signIn(strict, "anna").header("Set-Cookie"));
            String[] latest = {used};
            await().pollInterval(Duration.ofMillis(300))
                    .during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> {
                        Answer use = strict.get("/api/data", "Cookie", latest[0]);
                        String newer = use.header("Set-Cookie");
                        latest[0] = newer == null ? latest[0] : sent(newer);
                        return use.status() == 200;
                    });
        }
    }

    @Test
    void relayWithoutItsFolderOrWithAnOpenFileDoesNotStart() throws Exception {
        assertThatThrownBy(() -> new RunningRelay(new JsonObject().put("signIn", JsonArray.of("users"))))
                .rootCause()
                .hasMessageContaining("dataFolder (RELAY_DATA_FOLDER)");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> start(new JsonObject())).rootCause().hasMessageContaining("chmod 600 " + file.path());
    }
}
