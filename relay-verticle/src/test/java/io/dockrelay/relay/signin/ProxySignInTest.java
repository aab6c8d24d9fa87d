package io.dockrelay.relay.signin;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sign-in by a proxy, at a real relay. This test is the proxy, or a client that is none. */
class ProxySignInTest {

    private static final String IGNORED = "headers of a sign-in proxy from another address";

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SignInLog.class);
    private RunningRelay relay;

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
        relay.close();
    }

    /** @param proxy the address whose headers count */
    private RunningRelay start(String proxy, JsonObject more) {
        relay = new RunningRelay(new JsonObject()
                .put("signIn", JsonArray.of("proxy"))
                .put("signInProxies", JsonArray.of(proxy))
                .put("groupRoles", JsonArray.of("ops=operator"))
                .mergeIn(more));
        return relay;
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void namedProxySignsInTheUser() throws Exception {
        RunningRelay behind = start("127.0.0.1", new JsonObject());
        String[] headers = {"X-Forwarded-User", "anna", "X-Forwarded-Groups", "ops,others"};

        assertThat(behind.get("/api/data", headers).status()).isEqualTo(200);
        JsonObject state = new JsonObject(behind.get("/api/session", headers).body());
        assertThat(state.getString("mode")).isEqualTo("proxy");
        assertThat(state.getString("name")).isEqualTo("anna");
        assertThat(state.getJsonArray("roles")).containsExactly("operator");
        assertThat(state.getJsonArray("groups")).containsExactly("ops", "others");
        Page page = behind.page("/ws", headers);
        assertThat(page.awaitType("container_update")).isNotNull();
        assertThat(behind.get("/api/data").status()).as("no user").isEqualTo(401);
        assertThat(new JsonObject(behind.get("/api/session").body()).getBoolean("ok"))
                .isFalse();
        assertThat(logged()).isEmpty();
    }

    @Test
    void changeNeedsAnOriginBehindAProxyToo() throws Exception {
        RunningRelay behind = start("127.0.0.1", new JsonObject());
        Answer answer = behind.post("/api/container/web/stop", "X-Forwarded-User", "anna");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("Origin");
        assertThat(behind.post(
                                "/api/container/web/stop",
                                "X-Forwarded-User",
                                "anna",
                                "Origin",
                                "http://127.0.0.1:" + behind.port())
                        .body())
                .as("admitted")
                .contains("no container \\\"web\\\" is known");
    }

    /** Each row is a request as raw bytes, because client libraries rewrite headers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // From an address that is no proxy: whatever the spelling.
                "10.9.9.9 | X-Forwarded-User: admin | 401 | 1",
                "10.9.9.9 | x-forwarded-user: admin | 401 | 1",
                "10.9.9.9 | X-FORWARDED-USER:admin | 401 | 1",
                "10.9.9.9 | X_Forwarded_User: admin | 401 | 1",
                "10.9.9.9 | X-Forwarded_User: admin | 401 | 1",
                "10.9.9.9 | X-Forwarded-User: a; X-Forwarded-User: admin | 401 | 1",
                "10.9.9.9 | X-Forwarded-User: admin; X-Forwarded-For: 10.9.9.9 | 401 | 1",
                "10.9.9.9 | X-Forwarded-User: admin; Forwarded: for=10.9.9.9 | 401 | 1",
                "10.9.9.9 | X-Real-IP: 10.9.9.9; X_FORWARDED_USER: admin | 401 | 1",
                "10.9.9.9 | X-Forwarded-Groups: ops | 401 | 1",
                "10.9.9.9 | X-User: admin | 401 | 0",
                // From the proxy: its own header counts, what it has passed on of the client does not.
                "127.0.0.1 | X-Forwarded-User: anna | 200 | 0",
                "127.0.0.1 | x-FORWARDED-user: anna | 200 | 0",
                "127.0.0.1 | X_Forwarded_User: admin | 401 | 1",
                "127.0.0.1 | X-Forwarded_User: admin | 401 | 1",
                "127.0.0.1 | X-Forwarded-User: anna; X_Forwarded_User: admin | 200 | 1",
                "127.0.0.1 | X-Forwarded-User: admin; X-Forwarded-User: anna | 403 | 1",
                "127.0.0.1 | X-Forwarded-User: anna; X-Forwarded-Groups: ops; x-forwarded-groups: bosses | 403 | 1",
                "127.0.0.1 | X-Forwarded-User: admin, anna | 403 | 1",
                "127.0.0.1 | X-Forwarded-User: | 403 | 1",
                "127.0.0.1 | X-Forwarded-User: an<b>na | 403 | 1",
                "127.0.0.1 | X-Forwarded-Groups: ops | 401 | 0",
                "127.0.0.0/8 | X-Forwarded-User: anna | 200 | 0",
                "10.0.0.0/8 | X-Forwarded-User: anna | 401 | 1",
                "::1 | X-Forwarded-User: anna | 401 | 1",
            })
    void headersCountFromTheProxyOnly(String proxy, String headers, int status, int recorded) throws Exception {
        RunningRelay at = start(proxy, new JsonObject());

        assertThat(raw(at.port(), "GET /api/data", headers)).as(headers).contains(" " + status + " ");

        assertThat(logged()).hasSize(recorded);
        assertThat(logged())
                .allSatisfy(line -> assertThat(line).contains("(127.0.0.1)").doesNotContain("admin"));
    }

    @Test
    void handshakesAndOpenPagesAreCheckedAsWell() throws Exception {
        RunningRelay at = start("10.9.9.9", new JsonObject());
        String upgrade = "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Version: 13;"
                + " Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==; X-Forwarded-User: admin";
        assertThat(raw(at.port(), "GET /ws", upgrade)).contains(" 401 ");
        assertThat(logged()).hasSize(1).first().asString().contains(IGNORED);
        assertThat(raw(at.port(), "GET /", "X_Forwarded_User: admin")).contains(" 200 ");
        assertThat(raw(at.port(), "GET /api/session", "X-Forwarded-User: admin"))
                .contains(" 200 ");
        assertThat(logged()).as("recorded there too").hasSize(3);
        assertThat(new JsonObject(at.get("/api/session", "X-Forwarded-User", "admin")
                                .body())
                        .getBoolean("signedIn"))
                .isFalse();
    }

    @Test
    void attemptsThatGoOnDoNotFillTheLog() throws Exception {
        RunningRelay at = start("10.9.9.9", new JsonObject());
        for (int i = 0; i < 40; i++) {
            assertThat(at.get("/api/data", "X-Forwarded-User", "admin").status())
                    .isEqualTo(401);
        }
        assertThat(logged()).hasSizeBetween(1, 12);
    }

    @Test
    void headersOfOthersAreInTheRecord() throws Exception {
        RunningRelay at = start(
                "10.9.9.9",
                new JsonObject().put("recordFolder", folder.resolve("record").toString()));
        assertThat(raw(at.port(), "GET /api/data", "X_Forwarded_User: admin")).contains(" 401 ");

        at.undeploy();

        assertThat(Files.readAllLines(folder.resolve("record/record-000000000001.jsonl")))
                .anyMatch(line -> line.contains("\"outcome\":\"refused\"")
                        && line.contains("\"address\":\"127.0.0.1\"")
                        && line.contains(IGNORED))
                .noneMatch(line -> line.contains("admin"));
    }

    @Test
    void usersOfTheFileSignInToo() throws Exception {
        var file = new UsersFile(folder.resolve("users.json"));
        assertThat(file.edit(
                        users -> users.with("anna", PasswordHash.of("correct horse battery", 64, 1), Set.of("viewer"))))
                .isNotNull();
        RunningRelay at = start(
                "127.0.0.1",
                new JsonObject().put("signIn", JsonArray.of("users", "proxy")).put("dataFolder", folder.toString()));

        Answer taken = at.get("/api/data", "X-Forwarded-User", "ANNA");
        assertThat(taken.status()).as("a name of the users file").isEqualTo(403);
        assertThat(at.get("/api/data", "X-Forwarded-User", "berta").status()).isEqualTo(200);
        Answer signedIn = at.postJson("/api/session", "{\"name\":\"anna\",\"password\":\"correct horse battery\"}");
        assertThat(signedIn.status()).isEqualTo(200);
        String cookie = signedIn.header("Set-Cookie").split(";", 2)[0];
        assertThat(at.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
        assertThat(new JsonObject(at.get("/api/session", "Cookie", cookie, "X-Forwarded-User", "berta")
                                .body())
                        .getString("name"))
                .as("the proxy's word of now")
                .isEqualTo("berta");
    }

    @Test
    void settingsNameTheProxy() {
        relay = new RunningRelay();
        assertThatThrownBy(() -> new RunningRelay(new JsonObject().put("signIn", JsonArray.of("proxy"))))
                .rootCause()
                .hasMessageContaining("signInProxies (RELAY_SIGN_IN_PROXIES)");
        assertThatThrownBy(() -> new RunningRelay(new JsonObject()
                        .put("signIn", JsonArray.of("proxy"))
                        .put("signInProxies", JsonArray.of("0.0.0.0/0"))))
                .rootCause()
                .hasMessageContaining("every client could be any user");
    }

    /** The status line of the answer. */
    private static String raw(int port, String request, String headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = request + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                    + headers.replaceAll(";\\s+", "\r\n") + "\r\nConnection: close\r\n\r\n";
            String whole = headers.contains("Connection:") ? text.replace("Connection: close\r\n", "") : text;
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(5_000);
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
        }
    }
}
