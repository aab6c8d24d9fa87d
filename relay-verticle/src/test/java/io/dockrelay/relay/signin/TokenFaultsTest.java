package io.dockrelay.relay.signin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersFile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** API tokens when the files are lost, broken or edited by hand, at a real relay. */
class TokenFaultsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD, 64, 1);
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private UsersFile users;
    private TokensFile tokens;
    private RunningRelay relay;

    @BeforeEach
    void open() {
        users = new UsersFile(folder.resolve("users.json"));
        tokens = new TokensFile(folder);
        editUsers(all -> all.with("anna", HASH, Set.of("viewer")).with("root", HASH, Set.of("admin")));
        start();
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private void start() {
        relay = new RunningRelay(
                new JsonObject().put("signIn", JsonArray.of("users")).put("dataFolder", folder.toString()));
    }

    private void editUsers(UnaryOperator<Users> edit) {
        assertThat(users.edit(edit)).isNotNull();
    }

    private static String credentials(String name) {
        return new JsonObject().put("name", name).put("password", PASSWORD).encode();
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

    private Answer make(String[] session, String name) throws Exception {
        return relay.postJson("/api/tokens", "{\"name\":\"" + name + "\",\"permissions\":[\"view\"]}", session);
    }

    private String secret(String[] session) throws Exception {
        Answer made = make(session, "ci");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("secret").asText();
    }

    private static String[] bearer(String secret) {
        return new String[] {"Authorization", "Bearer " + secret};
    }

    private int status(String secret) throws Exception {
        return relay.get("/api/data", bearer(secret)).status();
    }

    private static String id(String secret) {
        return secret.split("_", -1)[1];
    }

    /** As a disk that fails: no edit can take the lock. */
    private Path breakTheDisk() throws IOException {
        Path lock = folder.resolve("tokens.json.lock");
        Files.deleteIfExists(lock);
        return Files.createDirectory(lock);
    }

    /** As with the next start of a relay: without the user, then with another one of the same name. */
    private void replaceAnna() {
        editUsers(all -> all.without("anna"));
        editUsers(all -> all.with("anna", HASH, Set.of("admin")));
    }

    @Test
    void anotherUserOfTheSameNameGetsNoTokenOfTheFormerOne() throws Exception {
        String secret = secret(session("anna"));
        relay.close();
        replaceAnna();
        start();

        assertThat(status(secret)).isEqualTo(401);
        String[] anna = session("anna");
        assertThat(relay.get("/api/tokens", anna).json().at("/tokens/0/own").asBoolean())
                .isFalse();
        assertThat(make(anna, "ci").status()).as("the name is free").isEqualTo(201);
        assertThat(tokens.read().all()).extracting(ApiToken::id).doesNotContain(id(secret));
        assertThat(status(secret)).isEqualTo(401);
    }

    @Test
    void norWhenTheTokensCannotBeWrittenMeanwhile() throws Exception {
        String secret = secret(session("anna"));
        Path lock = breakTheDisk();

        editUsers(all -> all.without("anna"));
        await().atMost(SOON).until(() -> status(secret) == 401);
        editUsers(all -> all.with("anna", HASH, Set.of("admin")));
        await().atMost(SOON)
                .until(() -> relay.postJson("/api/session", credentials("anna")).status() == 200);

        assertThat(tokens.read().all()).hasSize(1);
        assertThat(status(secret)).isEqualTo(401);
        Files.delete(lock);
        editUsers(all -> all.withRoles("anna", Set.of("viewer")));
        await().atMost(SOON).until(() -> tokens.read().all().isEmpty());
    }

    /** Its first bytes belong to the former user, its last ones come when another one has the name. */
    @Test
    void requestThatLastsLongerThanItsUserMakesNoToken() throws Exception {
        String[] anna = session("anna");
        String body = "{\"name\":\"ci\",\"permissions\":[\"view\"]}";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            String head = "POST /api/tokens HTTP/1.1\r\nHost: 127.0.0.1:" + relay.port() + "\r\nCookie: " + anna[1]
                    + "\r\nOrigin: " + anna[3] + "\r\nContent-Type: application/json\r\nExpect: 100-continue"
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answers.readLine()).as("it is admitted").startsWith("HTTP/1.1 100");
            assertThat(answers.readLine()).isEmpty();
            replaceAnna();
            await().atMost(SOON).until(() -> relay.get("/api/data", anna).status() == 401);

            socket.getOutputStream().write(body.getBytes(UTF_8));

            assertThat(answers.readLine()).startsWith("HTTP/1.1 401");
        }
        assertThat(tokens.read().all()).isEmpty();
    }

    @Test
    void filesWithoutIdsAreStillRead() throws Exception {
        String secret = secret(session("anna"));
        relay.close();
        for (Path file : new Path[] {users.path(), tokens.path()}) {
            String text = Files.readString(file);
            String without = text.replaceAll("\\s*\"id\" : \"[\\w-]{16}\",", "");
            assertThat(without).isNotEqualTo(text);
            Files.writeString(file, without);
        }
        start();

        assertThat(status(secret)).isEqualTo(200);
        editUsers(all -> all.withRoles("anna", Set.of("reader")));
        String[] anna = session("anna");
        assertThat(status(secret)).isEqualTo(200);
        assertThat(relay.get("/api/tokens", anna).json().at("/tokens/0/own").asBoolean())
                .isTrue();
        replaceAnna();
        await().atMost(SOON).until(() -> status(secret) == 401);
    }

    @Test
    void revocationHoldsAtOnceIfTheFileCannotBeWritten() throws Exception {
        String[] anna = session("anna");
        String secret = secret(anna);
        Page page = relay.page("/ws", bearer(secret));
        Path lock = breakTheDisk();

        Answer answer = relay.send("DELETE", "/api/tokens/" + id(secret), anna);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("does not hold at this relay any more", "holds again after a restart");
        assertThat(answer.body()).doesNotContain(folder.toString());
        assertThat(status(secret)).isEqualTo(401);
        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(tokens.read().all()).hasSize(1);
        Files.delete(lock);
        assertThat(relay.send("DELETE", "/api/tokens/" + id(secret), anna).status())
                .isEqualTo(200);
        assertThat(tokens.read().all()).isEmpty();
    }

    @Test
    void missingFileEndsNoTokenUntilARestart() throws Exception {
        String[] anna = session("anna");
        String secret = secret(anna);
        byte[] content = Files.readAllBytes(tokens.path());
        Files.delete(tokens.path());

        Answer refused = make(anna, "more");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).doesNotContain(folder.toString());
        assertThat(status(secret)).isEqualTo(200);
        Files.write(Files.createFile(tokens.path(), ownerOnly()), content);
        assertThat(make(anna, "more").status()).isEqualTo(201);
        assertThat(status(secret)).isEqualTo(200);
        Files.delete(tokens.path());
        relay.close();
        start();
        assertThat(status(secret)).isEqualTo(401);
        assertThat(make(session("anna"), "first").status()).isEqualTo(201);
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void openPathsCheckATokenToo() throws Exception {
        String secret = secret(session("anna"));
        String wrong = TokenSecret.random().reveal();

        Answer refused = relay.get("/api/session", bearer(wrong));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        Answer health = relay.get("/api/health", bearer(wrong));
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.response().headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(relay.get("/api/session", bearer(secret)).json().path("name").asText())
                .isEqualTo("anna/ci");
        assertThat(relay.get("/api/tokens", session("root")).json().at("/tokens/0/last_use"))
                .extracting(used -> Instant.parse(used.asText()))
                .isNotNull();
    }
}
