package io.dockrelay.relay.signin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.RunningRelay.Answer;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;

/** The link in the log that makes the first user. */
class FirstUserTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };
    private RunningRelay relay;

    @BeforeEach
    void open() {
        listener.start();
        ((Logger) LoggerFactory.getLogger(UserSignIn.class)).addAppender(listener);
        relay = start();
    }

    @AfterEach
    void close() {
        relay.close();
        assertThat(((Logger) LoggerFactory.getLogger(UserSignIn.class)).detachAppender(listener))
                .isTrue();
    }

    private RunningRelay start() {
        return new RunningRelay(new JsonObject()
                .put("signIn", JsonArray.of("users"))
                .put("dataFolder", folder.toString())
                .put("recordFolder", folder.resolve("record").toString()));
    }

    private String token() {
        Matcher link = Pattern.compile("http://localhost:" + relay.port() + "/setup#(\\S+) ")
                .matcher(String.join("\n", lines));
        assertThat(link.find()).as("%s", lines).isTrue();
        return link.group(1);
    }

    private Answer setUp(String token, String name, String password) throws Exception {
        return relay.postJson(
                "/api/setup",
                new JsonObject()
                        .put("token", token)
                        .put("name", name)
                        .put("password", password)
                        .encode());
    }

    @Test
    void linkMakesTheFirstAdminOnceAndSignsIn() throws Exception {
        assertThat(relay.get("/api/session").json().path("setUp").asBoolean()).isTrue();
        String token = token();
        assertThat(token).hasSize(43);

        Answer made = setUp(token, "anna", PASSWORD);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("roles").get(0).asText()).isEqualTo("admin");
        String cookie = made.header("Set-Cookie").split(";", 2)[0];
        assertThat(relay.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
        assertThat(setUp(token, "eve", PASSWORD).status()).isEqualTo(403);
        assertThat(new UsersFile(folder.resolve("users.json")).read().all()).hasSize(1);
        assertThat(lines).noneMatch(line -> line.contains(PASSWORD));
        relay.undeploy();
        assertThat(Files.readAllLines(folder.resolve("record/record-000000000001.jsonl")))
                .filteredOn(line -> line.contains("\"what\":\"user\""))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("was set up as the first user"));
    }

    @Test
    void nothingElseMakesAUser() throws Exception {
        for (String wrong : List.of("", "x", "A".repeat(43))) {
            assertThat(setUp(wrong, "eve", PASSWORD).status()).isEqualTo(403);
        }
        assertThat(relay.postJson("/api/setup", "{}").status()).isEqualTo(403);
        assertThat(new UsersFile(folder.resolve("users.json")).read().isEmpty()).isTrue();
    }

    @Test
    void linkStaysValidAfterATypingError() throws Exception {
        assertThat(setUp(token(), "anna", "short").status()).isEqualTo(400);
        assertThat(setUp(token(), "an na", PASSWORD).status()).isEqualTo(400);
        assertThat(setUp(token(), "anna", PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void userOfTheCommandEndsTheLinkAndARestartPrintsNone() throws Exception {
        String token = token();
        var unused = new UsersFile(folder.resolve("users.json"))
                .edit(users -> users.with("anna", PasswordHash.of(PASSWORD, 64, 1), Set.of("admin")));

        // The relay may not have read the file yet: the file itself decides.
        assertThat(setUp(token, "eve", PASSWORD).status()).isIn(403, 503);
        assertThat(new UsersFile(folder.resolve("users.json")).read().all()).hasSize(1);
        relay.close();
        lines.clear();
        relay = start();
        assertThat(lines).noneMatch(line -> line.contains("setup#"));
        assertThat(setUp(token, "eve", PASSWORD).status()).isEqualTo(403);
    }

    @Test
    void linkIsValidForTenMinutes() {
        var link = new SetUpLink();
        var now = Instant.EPOCH;
        String token = link.open(now);

        assertThat(link.accepts(token, now.plusSeconds(599))).isTrue();
        assertThat(link.accepts(token, now.plusSeconds(600))).isFalse();
        String next = link.open(now);
        assertThat(link.accepts(token, now)).isFalse();
        assertThat(link.accepts(next, now)).isTrue();
    }
}
