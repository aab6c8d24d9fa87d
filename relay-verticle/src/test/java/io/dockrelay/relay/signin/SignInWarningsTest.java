package io.dockrelay.relay.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
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
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the log of a real relay with users says of settings and files that are not what their author meant. */
class SignInWarningsTest {

    private static final String CLEAR = "Passwords and sessions cross the network without encryption";
    private static final PasswordHash HASH = PasswordHash.of("correct horse battery", 64, 1);

    @TempDir
    private Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dockrelay.relay");
    private UsersFile users;

    @BeforeEach
    void listen() {
        users = new UsersFile(folder.resolve("users.json"));
        assertThat(users.edit(all -> all.with("viktor", HASH, Set.of("viewer"))))
                .isNotNull();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private RunningRelay start(JsonObject more) {
        return new RunningRelay(new JsonObject()
                .put("signIn", JsonArray.of("users"))
                .put("dataFolder", folder.toString())
                .mergeIn(more));
    }

    private JsonObject grants() {
        return new JsonObject().put("grantsFile", folder.resolve("grants.json").toString());
    }

    /** Replaces the file at once, as an editor does. */
    private void write(String... granted) throws IOException {
        JsonArray grants = new JsonArray();
        for (String user : granted) {
            grants.add(new JsonObject().put("user", user).put("role", "reader").put("project", "shop"));
        }
        Path next = Files.writeString(
                folder.resolve("next.json"),
                new JsonObject().put("grants", grants).encode());
        Path replaced = Files.move(next, folder.resolve("grants.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(replaced).exists();
    }

    private long warnings(String user) {
        return lines.stream()
                .filter(line -> line.startsWith("WARN the grants file ")
                        && line.contains("has a grant for the user " + user + ", and the users file has no such user"))
                .count();
    }

    @Test
    void grantOfAUserThatDoesNotExistIsSaidAtTheStartAndAtEachChangeOfEitherFile() throws IOException {
        write("victor");
        try (RunningRelay relay = start(grants())) {
            assertThat(relay.port()).isPositive();
            assertThat(lines).anyMatch(line -> line.matches("INFO the grants file .* has 1 grants"));
            assertThat(warnings("victor")).isEqualTo(1);

            write("viktor");
            await().until(() -> lines.stream().anyMatch(line -> line.endsWith("has changed: 1 grants")));
            assertThat(warnings("viktor")).isZero();

            assertThat(users.edit(all -> all.without("viktor"))).isNotNull();
            await().until(() -> warnings("viktor") == 1);

            write("viktor", "victor");
            await().until(() -> warnings("victor") == 2 && warnings("viktor") == 2);
        }
    }

    @Test
    void usersOfAProxyAreNotKnownBeforeTheyComeSoNothingIsSaid() throws IOException {
        write("victor");
        try (RunningRelay relay = start(grants().put("signIn", JsonArray.of("users", "proxy"))
                .put("signInProxies", JsonArray.of("127.0.0.1")))) {
            assertThat(relay.port()).isPositive();
        }
        assertThat(warnings("victor")).isZero();
    }

    @Test
    void passwordsThatCrossANetworkWithoutEncryptionAreSaid() {
        try (RunningRelay relay = start(new JsonObject().put("bind", "0.0.0.0"))) {
            assertThat(relay.port()).isPositive();
        }
        assertThat(lines).anyMatch(line -> line.startsWith("WARN [sign-in] " + CLEAR));
        lines.clear();

        try (RunningRelay loopback = start(new JsonObject());
                RunningRelay behind = start(
                        new JsonObject().put("bind", "0.0.0.0").put("trustedProxies", JsonArray.of("10.0.0.0/8")))) {
            assertThat(List.of(loopback.port(), behind.port())).doesNotContain(0);
        }
        assertThat(lines).noneMatch(line -> line.contains(CLEAR));
    }
}
