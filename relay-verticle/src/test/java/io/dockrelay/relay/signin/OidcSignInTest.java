package io.dockrelay.relay.signin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.signin.oidc.CookieBrowser;
import io.dockrelay.relay.signin.oidc.RealProvider;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UsersFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sign-in at a real provider, with a real relay; only the browser is a small one. */
class OidcSignInTest {

    private static final Duration SOON = Duration.ofSeconds(8);
    private static final String SECRET = "the-secret-of-the-relay";

    @TempDir
    private Path folder;

    private final CookieBrowser browser = new CookieBrowser();
    /** The provider knows the relay's address, so that all tests have the same. */
    private static int port;

    private static String address;
    private static RealProvider provider;
    private RunningRelay relay;

    @BeforeAll
    static void startProvider() throws IOException {
        port = freePort();
        address = "http://127.0.0.1:" + port;
        provider = new RealProvider(0, address);
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
    }

    @BeforeEach
    void open() {
        provider.reset();
        relay = start(port, new JsonObject());
    }

    @AfterEach
    void close() {
        browser.close();
        relay.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private RunningRelay start(int at, JsonObject more) {
        return new RunningRelay(new JsonObject()
                .put("port", at)
                .put("signIn", JsonArray.of("oidc"))
                .put("dataFolder", folder.toString())
                .put("publicAddress", address)
                .put("oidcIssuer", provider.issuer())
                .put("oidcClientId", "dockrelay")
                .put("oidcClientSecret", SECRET)
                .put("oidcScopes", JsonArray.of("openid", "profile", "groups"))
                .put("oidcName", "Test Login")
                .put("oidcCheck", "1s")
                .put("groupRoles", JsonArray.of("ops=operator", "bosses=admin"))
                .mergeIn(more));
    }

    private void restart(JsonObject more) {
        relay.close();
        relay = start(port, more);
    }

    private JsonObject state(CookieBrowser of) throws Exception {
        return new JsonObject(of.get(address + "/api/session").body());
    }

    private int allowed(CookieBrowser of) throws Exception {
        return of.get(address + "/api/data").statusCode();
    }

    private static String problem(String location) {
        return location.replaceFirst(".*/\\?sign-in=", "");
    }

    @Test
    void signsInAndReturnsToWhereTheReaderWas() throws Exception {
        provider.groups("anna", "ops", "others");
        assertThat(state(browser))
                .isEqualTo(new JsonObject()
                        .put("ok", false)
                        .put("reason", "Sign in first.")
                        .put("refused", "sign-in")
                        .put("mode", "oidc")
                        .put("signedIn", false)
                        .put("provider", "Test Login"));
        assertThat(allowed(browser)).isEqualTo(401);

        String end = browser.signIn(address, "/c/edge-1/web?tab=logs");

        assertThat(end).isEqualTo(address + "/c/edge-1/web?tab=logs");
        assertThat(allowed(browser)).isEqualTo(200);
        JsonObject state = state(browser);
        assertThat(state.getString("name")).isEqualTo("anna");
        assertThat(state.getString("by")).isEqualTo("oidc");
        assertThat(state.getJsonArray("roles")).containsExactly("operator");
        assertThat(state.getJsonArray("groups")).containsExactly("ops", "others");
        Page page = relay.page("/ws", "Cookie", browser.cookies());
        assertThat(page.awaitType("container_update")).isNotNull();
    }

    @Test
    void cookiesAreClosedAndNoSecretIsReadable() throws Exception {
        HttpResponse<String> pressed = browser.press(address, "/");
        assertThat(pressed.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("dockrelay-login-")
                .contains("HttpOnly", "SameSite=Lax", "Max-Age=600")
                .doesNotContain("Secure");
        String question = new JsonObject(pressed.body()).getString("location");
        assertThat(question)
                .startsWith(provider.issuer() + "/auth?")
                .contains("code_challenge_method=S256", "code_challenge=", "nonce=", "state=", "response_type=code")
                .doesNotContain(SECRET);

        String callback = browser.throughTheProvider(address, "/");
        HttpResponse<String> finished = browser.get(callback);

        assertThat(finished.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("dockrelay-oidc-").contains("HttpOnly", "SameSite=Strict"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("dockrelay-login-").contains("Max-Age=0"));
        try (Stream<Path> files = Files.list(folder.resolve("provider-sessions"))) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("anna", "refresh");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void withTlsTheCookiesAreForTlsOnly() throws Exception {
        restart(new JsonObject()
                .put("publicAddress", "https://dockrelay.example")
                .put("allowedHosts", JsonArray.of("dockrelay.example"))
                .put("trustedProxies", JsonArray.of("127.0.0.1")));
        HttpResponse<String> pressed = browser.post(
                address + "/api/session/oidc",
                "application/json",
                "{}",
                "Origin",
                "https://dockrelay.example",
                "X-Forwarded-Host",
                "dockrelay.example",
                "X-Forwarded-Proto",
                "https");
        assertThat(pressed.statusCode()).as(pressed.body()).isEqualTo(200);
        assertThat(pressed.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-dockrelay-login-")
                .contains("Secure", "Path=/;");
        assertThat(pressed.body()).contains("redirect_uri=https%3A%2F%2Fdockrelay.example%2Fapi%2Fsession%2Foidc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forged",
                "unknown-key",
                "hmac",
                "unsigned",
                "two-parts",
                "cut",
                "no-json",
                "no-token",
                "expired",
                "future",
                "not-before",
                "no-expiry",
                "wrong-audience",
                "no-audience",
                "empty-audience",
                "several-audiences",
                "wrong-party",
                "wrong-issuer",
                "no-issuer",
                "wrong-nonce",
                "no-nonce",
                "no-subject"
            })
    void tokenWithAFaultSignsInNoUser(String fault) throws Exception {
        provider.fault(fault);

        assertThat(problem(browser.signIn(address, "/"))).isEqualTo("not-valid");

        assertThat(allowed(browser)).isEqualTo(401);
        assertThat(browser.cookies()).doesNotContain("dockrelay-oidc");
        provider.fault(null);
        assertThat(browser.signIn(address, "/")).as("the same without a fault").isEqualTo(address + "/");
    }

    @Test
    void signInThatWasFinishedCannotBeReplayed() throws Exception {
        CookieBrowser thief = new CookieBrowser();
        String callback = browser.throughTheProvider(address, "/");
        thief.steal(browser);
        assertThat(CookieBrowser.location(browser.get(callback))).isEqualTo(address + "/");

        assertThat(problem(CookieBrowser.location(thief.get(callback)))).isEqualTo("login");
        assertThat(problem(CookieBrowser.location(browser.get(callback)))).isEqualTo("login");
        assertThat(thief.cookies()).doesNotContain("dockrelay-oidc");
        assertThat(allowed(browser)).as("the session goes on").isEqualTo(200);
        thief.close();
    }

    @Test
    void signInBelongsToTheBrowserInWhichItBegan() throws Exception {
        CookieBrowser attacker = new CookieBrowser();
        String theirs = attacker.throughTheProvider(address, "/");
        assertThat(problem(CookieBrowser.location(browser.get(theirs))))
                .as("without a sign-in of its own")
                .isEqualTo("login");
        String own = browser.throughTheProvider(address, "/");
        assertThat(problem(CookieBrowser.location(browser.get(theirs))))
                .as("with another state")
                .isEqualTo("login");

        String code = theirs.replaceFirst(".*[?&]code=([^&]+).*", "$1");
        String mixed = own.replaceFirst("([?&]code=)[^&]+", "$1" + code);
        assertThat(problem(CookieBrowser.location(browser.get(mixed))))
                .as("the attacker's code in the own sign-in: PKCE")
                .isEqualTo("refused");
        attacker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "state=x&code=y, login",
        "code=y, login",
        "'', login",
        "error=access_denied, login",
        "state=%00&code=%0d%0a, login"
    })
    void callbackWithoutASignInLeadsToTheForm(String query, String problem) throws Exception {
        HttpResponse<String> answer = browser.get(address + "/api/session/oidc/callback?" + query);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(CookieBrowser.location(answer)).isEqualTo(address + "/?sign-in=" + problem);
    }

    /** As the provider causes it: without Origin. */
    @Test
    void callbackIsReachedByANavigationFromAnotherSite() throws Exception {
        RunningRelay.Answer answer = relay.get(
                "/api/session/oidc/callback?state=x&code=y",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document",
                "Referer",
                "https://id.example/");
        assertThat(answer.status()).isEqualTo(303);
    }

    @Test
    void codeOfAnotherIssuerIsNotUsed() throws Exception {
        String callback = browser.throughTheProvider(address, "/");
        String other = callback.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fanother.example");
        assertThat(other).isNotEqualTo(callback);
        int before = provider.requests("/token");

        assertThat(problem(CookieBrowser.location(browser.get(other)))).isEqualTo("not-valid");
        assertThat(provider.requests("/token")).isEqualTo(before);
    }

    @Test
    void refusalAtTheProviderIsReported() throws Exception {
        provider.deny(true);
        assertThat(problem(browser.signIn(address, "/"))).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//another.example",
                "/\\another.example",
                "https://another.example/",
                "javascript:alert(1)",
                "\\/x",
                "/a\r\nSet-Cookie: x=y",
                "",
                "c/edge-1"
            })
    void signInLeadsNowhereElse(String to) throws Exception {
        assertThat(browser.signIn(address, to)).isEqualTo(address + "/");
    }

    @Test
    void signInBeginsOnThePageAtThePublicAddressOnly() throws Exception {
        assertThat(browser.post(address + "/api/session/oidc", "application/json", "{}")
                        .statusCode())
                .as("no Origin: not from a page")
                .isEqualTo(403);
        HttpResponse<String> elsewhere = browser.post(
                "http://localhost:" + port + "/api/session/oidc",
                "application/json",
                "{}",
                "Origin",
                "http://localhost:" + port);
        assertThat(elsewhere.statusCode()).isEqualTo(409);
        assertThat(elsewhere.body()).contains(address + "/");
        assertThat(browser.post(
                                address + "/api/session/oidc",
                                "application/json",
                                "{}",
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void signsOutHereAndAtTheProvider() throws Exception {
        String unused = browser.signIn(address, "/");
        Page page = relay.page("/ws", "Cookie", browser.cookies());
        String former = browser.cookies();

        HttpResponse<String> out = browser.delete(address + "/api/session", address);

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(relay.get("/api/data", "Cookie", former).status()).isEqualTo(401);
        JsonObject state = new JsonObject(out.body());
        assertThat(state.getBoolean("signedIn")).isFalse();
        HttpResponse<String> asked = browser.get(state.getString("location"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        Matcher form = Pattern.compile("action=\"([^\"]+)\".*name=\"xsrf\" value=\"([^\"]+)\"", Pattern.DOTALL)
                .matcher(asked.body());
        assertThat(form.find()).as(asked.body()).isTrue();
        HttpResponse<String> confirmed = browser.post(
                form.group(1), "application/x-www-form-urlencoded", "xsrf=" + form.group(2) + "&logout=yes");
        assertThat(CookieBrowser.location(confirmed)).isEqualTo(address + "/");
    }

    @Test
    void signingOutEverywhereEndsAllSessionsOfTheUserOnly() throws Exception {
        try (CookieBrowser second = new CookieBrowser();
                CookieBrowser other = new CookieBrowser()) {
            List<String> unused = List.of(browser.signIn(address, "/"), second.signIn(address, "/"));
            provider.user("berta");
            assertThat(other.signIn(address, "/")).isEqualTo(address + "/");

            assertThat(browser.delete(address + "/api/session/everywhere", address)
                            .statusCode())
                    .isEqualTo(200);

            assertThat(allowed(browser)).isEqualTo(401);
            assertThat(allowed(second)).isEqualTo(401);
            assertThat(allowed(other)).isEqualTo(200);
            assertThat(unused).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dockrelay", "public"})
    void sessionEndsAfterTheProviderHasRevokedIt(String client) throws Exception {
        restart(new JsonObject()
                .put("oidcClientId", client)
                .put("oidcClientSecret", client.equals("public") ? "" : SECRET));
        String unused = browser.signIn(address, "/");
        Page page = relay.page("/ws", "Cookie", browser.cookies());
        int asked = provider.requests("/token") + provider.requests("/me");
        await().atMost(SOON).until(() -> provider.requests("/token") + provider.requests("/me") >= asked + 2);
        assertThat(allowed(browser)).as("confirmed twice").isEqualTo(200);

        provider.revoke("anna");

        assertThat(page.awaitClose()).isEqualTo((short) 4005);
        assertThat(allowed(browser)).isEqualTo(401);
        assertThat(state(browser).getBoolean("signedIn")).isFalse();
    }

    @Test
    void signInAndItsEndAtTheProviderAreInTheRecord() throws Exception {
        restart(new JsonObject().put("recordFolder", folder.resolve("record").toString()));
        String unused = browser.signIn(address, "/");
        provider.revoke("anna");
        await().atMost(SOON).until(() -> allowed(browser) == 401);
        assertThat(browser.get(address + "/api/session/oidc/callback?code=a&state=b")
                        .statusCode())
                .isEqualTo(303);

        relay.undeploy();

        assertThat(Files.readAllLines(folder.resolve("record/record-000000000001.jsonl")))
                .anyMatch(line -> line.contains("\"what\":\"sign-in\"") && line.contains("\"who\":\"anna\""))
                .anyMatch(line -> line.contains("\"what\":\"sign-out\"")
                        && line.contains("\"who\":\"anna\"")
                        && line.contains("the identity provider has ended the session"))
                .anyMatch(line -> line.contains("\"outcome\":\"refused\"")
                        && line.contains("the sign-in did not begin in this browser"));
    }

    @Test
    void idleSessionIsConfirmedBeforeItsNextRequest() throws Exception {
        String unused = browser.signIn(address, "/");
        assertThat(allowed(browser)).isEqualTo(200);
        // No request and no socket: after an interval without use the relay asks no more.
        await().during(Duration.ofMillis(2500)).atMost(SOON).until(() -> true);
        int before = provider.requests("/token");
        await().during(Duration.ofMillis(1500)).atMost(SOON).until(() -> provider.requests("/token") == before);

        provider.revoke("anna");

        assertThat(allowed(browser)).isEqualTo(401);
    }

    @Test
    void groupsOfNowGiveTheRoles() throws Exception {
        String unused = browser.signIn(address, "/");
        assertThat(state(browser).getJsonArray("roles")).isEmpty();
        Page page = relay.page("/ws", "Cookie", browser.cookies());

        provider.groups("anna", "bosses");

        await().atMost(SOON).until(() -> state(browser).getJsonArray("roles").contains("admin"));
        provider.groups("anna");
        await().atMost(SOON).until(() -> state(browser).getJsonArray("roles").isEmpty());
        assertThat(page.awaitClose()).as("nothing is visible any more").isEqualTo((short) 4004);
    }

    @Test
    void providerThatIsAwayEndsNoSessionAndNewUsersGetASentence() throws Exception {
        provider.groups("anna", "ops");
        String unused = browser.signIn(address, "/");
        Page page = relay.page("/ws", "Cookie", browser.cookies());
        try (CookieBrowser other = new CookieBrowser()) {
            String late = other.throughTheProvider(address, "/");
            provider.away(true);
            await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> allowed(browser) == 200);
            assertThat(page.socket().isClosed()).isFalse();

            HttpResponse<String> pressed = other.press(address, "/");
            assertThat(pressed.statusCode()).isEqualTo(503);
            assertThat(pressed.body()).contains("Test Login does not answer", "Try again later");
            assertThat(problem(CookieBrowser.location(other.get(late)))).isEqualTo("away");

            provider.away(false);
            assertThat(other.signIn(address, "/")).isEqualTo(address + "/");
            assertThat(allowed(browser)).isEqualTo(200);
        }
    }

    @Test
    void providerMayStartAfterTheRelay() throws Exception {
        int later = freePort();
        relay.close();
        relay = start(port, new JsonObject().put("oidcIssuer", "http://127.0.0.1:" + later));
        assertThat(browser.press(address, "/").statusCode()).isEqualTo(503);
        assertThat(relay.get("/").status()).as("the page itself").isEqualTo(200);

        try (RealProvider started = new RealProvider(later, address)) {
            assertThat(started.issuer()).endsWith(":" + later);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.press(address, "/").statusCode() == 200);
            assertThat(browser.signIn(address, "/")).isEqualTo(address + "/");
        }
    }

    @Test
    void tokensOfANewKeyOfTheProviderAreAccepted() throws Exception {
        String unused = browser.signIn(address, "/");
        provider.rotate();
        try (CookieBrowser other = new CookieBrowser()) {
            assertThat(other.signIn(address, "/")).isEqualTo(address + "/");
            String callback = other.throughTheProvider(address, "/");
            provider.rotate();
            assertThat(CookieBrowser.location(other.get(callback)))
                    .as("a key that is newer than the sign-in")
                    .isEqualTo(address + "/");
        }
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> allowed(browser) == 200);
    }

    @Test
    void unknownKeysMakeTheRelayReadTheKeysAFewTimesOnly() throws Exception {
        provider.fault("unknown-key");
        int pressed = 0;
        int before = provider.requests("/jwks");
        for (; pressed < 8; pressed++) {
            assertThat(problem(browser.signIn(address, "/"))).isEqualTo("not-valid");
        }
        assertThat(provider.requests("/jwks") - before - pressed).isBetween(1, 4);
    }

    @Test
    void attemptsAreLimited() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(browser.press(address, "/").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> limited = browser.press(address, "/");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void restartAndSecondRelayKeepTheSession() throws Exception {
        provider.groups("anna", "ops");
        String unused = browser.signIn(address, "/");
        restart(new JsonObject());
        assertThat(allowed(browser)).isEqualTo(200);

        try (RunningRelay second = start(0, new JsonObject())) {
            String cookie = browser.cookies();
            assertThat(second.get("/api/data", "Cookie", cookie).status()).isEqualTo(200);
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> second.get("/api/data", "Cookie", cookie).status() == 200 && allowed(browser) == 200);
            Page page = second.page("/ws", "Cookie", cookie);

            assertThat(browser.delete(address + "/api/session", address).statusCode())
                    .isEqualTo(200);

            assertThat(page.awaitClose()).isEqualTo((short) 4005);
            assertThat(second.get("/api/data", "Cookie", cookie).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "expired", "of-users"})
    void cookieThatThisRelayHasNotMadeIsNoSession(String kind) throws Exception {
        String unused = browser.signIn(address, "/");
        String name = browser.cookies().replaceFirst(".*(dockrelay-oidc-[0-9a-f]+)=.*", "$1");
        String value = browser.cookies().replaceFirst(".*dockrelay-oidc-[0-9a-f]+=([^;]+).*", "$1");
        String other = switch (kind) {
            case "forged" -> value.substring(0, 20) + (value.charAt(20) == 'A' ? 'B' : 'A') + value.substring(21);
            case "expired" -> value.substring(4);
            default ->
                new SessionCodec(new byte[32])
                        .seal(new SessionClaims("id", "anna", "", java.time.Instant.now(), java.time.Instant.now()));
        };
        assertThat(relay.get("/api/data", "Cookie", name + "=" + value).status())
                .isEqualTo(200);
        assertThat(relay.get("/api/data", "Cookie", name + "=" + other).status())
                .isEqualTo(401);
    }

    @Test
    void usersOfTheFileSignInTooAndTheirNamesAreTheirs() throws Exception {
        var file = new UsersFile(folder.resolve("users.json"));
        assertThat(file.edit(
                        users -> users.with("Anna", PasswordHash.of("correct horse battery", 64, 1), Set.of("viewer"))))
                .isNotNull();
        restart(new JsonObject().put("signIn", JsonArray.of("users", "oidc")));
        assertThat(state(browser).getString("mode")).isEqualTo("users+oidc");

        assertThat(problem(browser.signIn(address, "/"))).isEqualTo("name");
        provider.user("berta");
        browser.forget("_session");
        assertThat(browser.signIn(address, "/")).isEqualTo(address + "/");
        assertThat(state(browser).getString("name")).isEqualTo("berta");

        try (CookieBrowser other = new CookieBrowser()) {
            assertThat(other.post(
                                    address + "/api/session",
                                    "application/json",
                                    "{\"name\":\"Anna\",\"password\":\"correct horse battery\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(state(other).getString("by")).isEqualTo("users");
            Page page = relay.page("/ws", "Cookie", other.cookies());
            assertThat(page.awaitType("container_update")).isNotNull();
            assertThat(other.delete(address + "/api/session", address).statusCode())
                    .isEqualTo(200);
            assertThat(page.awaitClose()).isEqualTo((short) 4005);
        }
        assertThat(file.edit(users ->
                        users.with("berta", PasswordHash.of("correct horse battery", 64, 1), Set.of("viewer"))))
                .isNotNull();
        await().atMost(SOON).until(() -> allowed(browser) == 401);
    }

    @Test
    void nameThatIsNoneIsRefused() throws Exception {
        provider.user("a b<script>");
        assertThat(problem(browser.signIn(address, "/"))).isEqualTo("not-valid");
    }
}
