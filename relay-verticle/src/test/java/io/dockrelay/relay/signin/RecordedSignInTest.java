package io.dockrelay.relay.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the record says of sign-ins and users. */
class RecordedSignInTest {

    private static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD, 64, 1);

    @TempDir
    private Path folder;

    private UsersFile file;
    private RunningRelay relay;

    @BeforeEach
    void open() {
        file = new UsersFile(folder.resolve("users.json"));
        edit(users -> users.with("anna", HASH, Set.of("operator")).with("berta", HASH, Set.of("viewer")));
        relay = new RunningRelay(new JsonObject()
                .put("signIn", JsonArray.of("users"))
                .put("dataFolder", folder.toString())
                .put("recordFolder", folder.resolve("record").toString()));
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void changesOfUsersInTheFileAreOneLineEach() throws Exception {
        edit(users -> users.with("carla", HASH, Set.of("viewer", "admin")));
        edit(users -> users.withRoles("anna", Set.of("viewer")));
        edit(users -> users.without("berta"));
        edit(users -> users.withPassword("carla", PasswordHash.of("another password", 64, 1)));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lines("user"))
                        .allMatch(line -> !line.contains("\"who\""))
                        .anyMatch(line -> line.contains("the user berta was removed"))
                        .anyMatch(line -> line.contains("the user carla was added with the roles admin, viewer"))
                        .anyMatch(line -> line.contains("the user anna has the roles viewer now, not operator")));
    }

    @Test
    void endOfAllSessionsIsALineOfItsUserAndNoChangeOfAUser() throws Exception {
        String cookie = cookie("anna");
        assertThat(relay.send("DELETE", "/api/session/everywhere", "Cookie", cookie, "Origin", origin())
                        .status())
                .isEqualTo(200);

        assertThat(linesAfterTheEnd("sign-out"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"who\":\"anna\"", "signed out everywhere"));
        assertThat(lines("user")).isEmpty();
    }

    @Test
    void textThatIsNoNameOfAUserIsNotKept() throws Exception {
        assertThat(relay.postJson("/api/session", body("Secret123")).status()).isEqualTo(401);
        assertThat(relay.postJson("/api/session", body("anna", "wrong")).status())
                .isEqualTo(401);

        List<String> lines = linesAfterTheEnd("sign-in");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("\"who\":\"(unknown name)\"");
        assertThat(lines.getLast()).contains("\"who\":\"anna\"");
        assertThat(record()).noneMatch(line -> line.contains("Secret123"));
    }

    @Test
    void requestOfAnotherSiteWithASessionIsALine() throws Exception {
        String cookie = cookie("anna");
        assertThat(relay.send("DELETE", "/api/session", "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(relay.postJson("/api/session", body("berta"), "Cookie", cookie)
                        .status())
                .isEqualTo(403);

        assertThat(linesAfterTheEnd("sign-in"))
                .filteredOn(line -> line.contains("\"outcome\":\"refused\""))
                .hasSize(2)
                .allMatch(line -> line.contains("\"who\":\"anna\"") && line.contains("no Origin"));
    }

    @Test
    void earlierSessionOfAnotherUserEndsWithALine() throws Exception {
        String first = cookie("berta");
        assertThat(relay.postJson("/api/session", body("anna"), "Cookie", first, "Origin", origin())
                        .status())
                .isEqualTo(200);

        assertThat(linesAfterTheEnd("sign-out"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"who\":\"berta\""));
    }

    @Test
    void tokenThatIsMadeUsedWhenWrongAndRevokedIsALineEach() throws Exception {
        String[] session = {"Cookie", cookie("anna"), "Origin", origin()};
        Answer made = relay.postJson("/api/tokens", "{\"name\":\"ci\",\"permissions\":[\"view\"]}", session);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String secret = made.json().path("secret").asText();
        String last = secret.endsWith("A") ? "B" : "A";
        String wrong = secret.substring(0, secret.length() - 1) + last;
        assertThat(relay.get("/api/data", "Authorization", "Bearer " + wrong).status())
                .isEqualTo(401);
        String id = made.json().at("/token/id").asText();
        assertThat(relay.send("DELETE", "/api/tokens/" + id, session).status()).isEqualTo(200);

        List<String> lines = linesAfterTheEnd("token");
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .contains("\"who\":\"anna\"", "made a token: anna/ci (view; until 2", "; everywhere)");
        assertThat(lines.get(1)).contains("\"outcome\":\"refused\"", "(unknown token)", "the token is not valid");
        assertThat(lines.getLast()).contains("\"who\":\"anna\"", "revoked a token: anna/ci");
        assertThat(lines("access")).as("the same request is not recorded twice").isEmpty();
        assertThat(record()).noneMatch(line -> line.contains(secret) || line.contains(wrong));
    }

    @Test
    void tokenOfACommandAndTheUseOfAnExpiredOneAreLines() throws Exception {
        TokenSecret secret = TokenSecret.random();
        Instant now = Instant.now();
        var token = new ApiToken(
                secret.id(),
                "nightly",
                Optional.empty(),
                Set.of(Permission.VIEW),
                Place.EVERYWHERE,
                now,
                now.minusSeconds(1),
                HexFormat.of().formatHex(secret.hash()));
        assertThat(new TokensFile(folder).edit(all -> all.with(token, now))).isNotNull();
        await().atMost(Duration.ofSeconds(10)).until(() -> !lines("token").isEmpty());
        assertThat(relay.get("/api/data", "Authorization", "Bearer " + secret.reveal())
                        .status())
                .isEqualTo(401);

        List<String> lines = linesAfterTheEnd("token");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).doesNotContain("\"who\"").contains("made a token: /nightly");
        assertThat(lines.getLast()).contains("\"who\":\"/nightly\"", "\"outcome\":\"refused\"");
    }

    @Test
    void requestForMoreRightsIsALine() throws Exception {
        String[] session = {"Cookie", cookie("berta"), "Origin", origin()};
        String asked = "{\"name\":\"ci\",\"permissions\":[\"view\"]}";
        Answer made = relay.postJson("/api/tokens", asked, session);
        String[] token = {
            "Authorization", "Bearer " + made.json().path("secret").asText()
        };
        String more = "{\"name\":\"more\",\"permissions\":[\"control\"]}";

        assertThat(List.of(
                        relay.postJson("/api/tokens", more, session).status(),
                        relay.post("/api/ticket", session).status(),
                        relay.postJson("/api/tokens", more, token).status(),
                        relay.send("DELETE", "/api/session/everywhere", token).status()))
                .containsOnly(403);

        List<String> refused = linesAfterTheEnd("token").stream()
                .filter(line -> line.contains("\"outcome\":\"refused\""))
                .toList();
        assertThat(refused).hasSize(3);
        assertThat(refused.getFirst()).contains("\"who\":\"berta\"", "You do not have: control");
        assertThat(refused.get(1)).contains("\"who\":\"berta\"", "A ticket is for API tokens");
        assertThat(refused.getLast()).contains("\"who\":\"berta/ci\"", "cannot manage tokens");
        assertThat(lines("sign-out"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"who\":\"berta/ci\"", "a token ends no sessions"));
    }

    @Test
    void revocationThatTheFileDoesNotTakeIsALine() throws Exception {
        String[] session = {"Cookie", cookie("anna"), "Origin", origin()};
        String asked = "{\"name\":\"ci\",\"permissions\":[\"view\"]}";
        String id = relay.postJson("/api/tokens", asked, session)
                .json()
                .at("/token/id")
                .asText();
        Path lock = folder.resolve("tokens.json.lock");
        Files.delete(lock);
        Files.createDirectory(lock);
        assertThat(relay.send("DELETE", "/api/tokens/" + id, session).status()).isEqualTo(503);
        Files.delete(lock);
        assertThat(relay.send("DELETE", "/api/tokens/" + id, session).status()).isEqualTo(200);

        assertThat(linesAfterTheEnd("token"))
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line).contains("\"who\":\"anna\"", "revoked a token: anna/ci"));
    }

    private List<String> linesAfterTheEnd(String what) throws IOException {
        relay.undeploy();
        return lines(what);
    }

    private List<String> lines(String what) throws IOException {
        return record().stream()
                .filter(line -> line.contains("\"what\":\"" + what + "\""))
                .toList();
    }

    private List<String> record() throws IOException {
        return Files.readAllLines(folder.resolve("record/record-000000000001.jsonl"));
    }

    private void edit(UnaryOperator<Users> edit) {
        assertThat(file.edit(edit)).isNotNull();
    }

    private static String body(String name) {
        return body(name, PASSWORD);
    }

    private static String body(String name, String password) {
        return new JsonObject().put("name", name).put("password", password).encode();
    }

    private String cookie(String name) throws Exception {
        Answer answer = relay.postJson("/api/session", body(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Set-Cookie").split(";", 2)[0];
    }

    private String origin() {
        return "http://127.0.0.1:" + relay.port();
    }
}
