package io.dockrelay.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.Shell;
import io.dockrelay.listener.testing.TestAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/** Sign-in by name and password: the {@code user} command, and the page in headless Chromium. */
@Tag("engine")
class SignInTest {

    private static final Duration JOURNEY = Duration.ofMinutes(3);
    private static final Duration STARTS = Duration.ofSeconds(60);

    /** {@code -Dpictures=docs/pictures} updates the pictures of the documentation. */
    private static final String PICTURES = System.getProperty("pictures", "e2e/target/pictures");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Shell shell;

    @BeforeEach
    void choose() {
        environment.put("PORT", Integer.toString(Checkout.freePort()));
        environment.put("RELAY_SIGN_IN", "users");
        environment.put("RELAY_DATA_FOLDER", folder.resolve("data").toString());
        environment.put("RELAY_LOCAL_CONTROLLER", "false");
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("JAR", Checkout.jar().toString());
        shell = new Shell(environment);
    }

    private String user(String arguments, String input) {
        return shell.run("printf '%s\\n' '" + input + "' | \"$JAVA\" -jar \"$JAR\" user " + arguments);
    }

    @Test
    void peopleSignInAtThePage() {
        try (Program relay = Program.start("relay", environment)) {
            String link =
                    relay.awaitLine("http://localhost:\\d+/setup#\\S+", STARTS).group();
            environment.put("PAGE", "http://localhost:" + environment.get("PORT") + "/");
            environment.put("LINK", link);
            environment.put("PICTURES", Checkout.root().resolve(PICTURES).toString());
            try (Program journey = Program.run("signin", environment, List.of("node", "e2e/browser/signin.mjs"))) {
                journey.awaitLine("^now: change the password", JOURNEY);
                assertThat(user("passwd anna", "another horse battery")).contains("Changed");

                assertThat(journey.awaitExit(JOURNEY)).as(journey.wholeOutput()).isZero();
                assertThat(journey.lines("^ok - ")).hasSize(9);
            }
            assertThat(relay.lines(" ERROR ")).isEmpty();
            assertThat(relay.lines("horse battery")).as("passwords in the log").isEmpty();
        }
    }

    @Test
    void commandEditsTheUsersThatARunningRelayAdmits() throws Exception {
        assertThat(user("add anna --role admin", "correct horse battery")).contains("Added anna (admin)");
        assertThat(user("add berta", "correct horse battery")).contains("Added berta (viewer)");
        Path users = folder.resolve("data/users.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
                .isEqualTo("rw-------");
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("2 users may sign in", STARTS);
            var rest = new Rest("http://127.0.0.1:" + environment.get("PORT"));
            assertThat(rest.get("/api/data").status()).isEqualTo(401);
            assertThat(signsIn("anna")).isTrue();

            assertThat(user("role berta reader operator", "")).contains("operator, reader");
            assertThat(user("remove anna", "")).contains("Removed anna");

            Await.until("anna is not admitted", Duration.ofSeconds(5), () -> !signsIn("anna"));
            assertThat(signsIn("berta")).isTrue();
            assertThat(user("list", "").lines()).containsExactly("berta\toperator,reader");
        }
    }

    private boolean signsIn(String name) {
        return shell.succeeds("curl -sf -H 'Content-Type: application/json' --data-binary '{\"name\":\"" + name
                + "\",\"password\":\"correct horse battery\"}' \"http://127.0.0.1:$PORT/api/session\"");
    }

    @Test
    void withTlsTheLinkAndTheSessionAreForTlsOnly() {
        var authority = TestAuthority.in(folder, "ca");
        TestAuthority.Issued issued = authority.issue("relay");
        environment.put("RELAY_TLS_CERT", issued.cert().toString());
        environment.put("RELAY_TLS_KEY", issued.key().toString());
        environment.put("CA", authority.ca().toString());
        environment.put("JAR_OF_COOKIES", folder.resolve("cookies").toString());
        shell = new Shell(environment);
        try (Program relay = Program.start("relay", environment)) {
            String token = relay.awaitLine("https://localhost:\\d+/setup#(\\S+)", STARTS)
                    .group(1);
            String curl = "curl -s -i --cacert \"$CA\" -b \"$JAR_OF_COOKIES\" -c \"$JAR_OF_COOKIES\" ";

            assertThat(shell.run(curl + "-H 'Content-Type: application/json' --data-binary '{\"name\":\"anna\","
                            + "\"password\":\"correct horse battery\",\"token\":\"" + token
                            + "\"}' \"https://localhost:$PORT/api/setup\""))
                    .contains("HTTP/1.1 201")
                    .containsPattern("(?i)set-cookie: __Host-dockrelay-.*; HttpOnly; SameSite=Strict; Secure");
            assertThat(shell.run(curl + "\"https://localhost:$PORT/api/data\"")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void wrongCommandsSayWhatToDoAndChangeNothing() {
        assertThat(shell.succeeds("\"$JAVA\" -jar \"$JAR\" user")).isFalse();
        assertThat(failing("user add anna secret", "x")).contains("a password is never an argument");
        assertThat(failing("user add anna", "short")).contains("12 to 256 characters");
        assertThat(failing("user add ../anna", "correct horse battery")).contains("A name must have");
        assertThat(failing("user passwd anna", "correct horse battery")).contains("There is no user anna");
        assertThat(folder.resolve("data/users.json")).doesNotExist();
    }

    private String failing(String arguments, String input) {
        return shell.run("! printf '%s\\n' '" + input + "' | \"$JAVA\" -jar \"$JAR\" " + arguments);
    }
}
