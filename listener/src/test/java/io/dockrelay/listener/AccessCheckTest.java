package io.dockrelay.listener;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.settings.AccessSettings;

import static org.assertj.core.api.Assertions.assertThat;

class AccessCheckTest {

    private final AccessCheck access = new AccessCheck(new AccessSettings(
            List.of("relay", "dash.example.org"),
            List.of("https://portal.example"),
            "allowedHosts (RELAY_ALLOWED_HOSTS)",
            "allowedOrigins (RELAY_ALLOWED_ORIGINS)"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:3000",
                "LOCALHOST:3000",
                "localhost.",
                "localhost.:3000",
                "localhost:",
                "app.localhost:80",
                "127.0.0.1:3000",
                "192.168.1.20",
                "[::1]:3000",
                "[fe80::1]",
                "relay:3000",
                "Relay.",
                "dash.example.org:8443"
            })
    void loopbackNamesAddressesAndListedNamesAreAllowed(String host) {
        assertThat(check(host)).isEqualTo(new AccessDecision.Allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:3000",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "127.1",
                "0x7f000001",
                "2130706433",
                "relay.evil.example",
                "example.org"
            })
    void anyOtherNameIsRefusedWithTheSetting(String host) {
        assertThat(check(host)).isInstanceOfSatisfying(AccessDecision.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason())
                    .contains(host.replaceAll(":.*", ""))
                    .contains("allowedHosts (RELAY_ALLOWED_HOSTS)");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "user@localhost",
                "localhost@evil.example",
                "localhost:99999",
                "localhost:80a",
                "localhost:80:80",
                "localhost/evil",
                "localhost, evil.example",
                "[::1",
                "[evil]",
                "::1",
                ".localhost",
                "localhost..",
                "."
            })
    void malformedHostIsABadRequest(String host) {
        assertThat(check(host))
                .isInstanceOfSatisfying(
                        AccessDecision.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void exactlyOneHostHeaderIsRequired() {
        assertThat(access.check(new AccessRequest("/", List.of(), List.of())))
                .isInstanceOf(AccessDecision.Refused.class);
        assertThat(access.check(new AccessRequest("/", List.of("localhost", "localhost"), List.of())))
                .isInstanceOf(AccessDecision.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/", "http://evil.example/", "localhost:443", "*", ""})
    void targetsOtherThanPathsAreRefused(String target) {
        assertThat(access.check(new AccessRequest(target, List.of("localhost"), List.of())))
                .isInstanceOfSatisfying(
                        AccessDecision.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:3000, http://localhost:3000",
        "LOCALHOST.:3000, http://localhost:3000",
        "localhost:3000, https://LOCALHOST:3000",
        "relay, http://relay",
        "relay:80, http://relay",
        "relay:, http://relay",
        "dash.example.org, https://dash.example.org",
        "dash.example.org:443, https://dash.example.org",
        "dash.example.org:8443, https://dash.example.org:8443",
        "127.0.0.1:3000, http://127.0.0.1:3000",
        "[::1]:3000, http://[::1]:3000",
        "relay:3000, https://portal.example",
        "relay:3000, https://Portal.Example"
    })
    void originOfTheSameHostAndPortOrListedIsAllowed(String host, String origin) {
        assertThat(check(host, origin)).isEqualTo(new AccessDecision.Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:3000, https://evil.example",
        "127.0.0.1:3000, http://127.0.0.1:9999",
        "localhost:3000, http://localhost:5173",
        "localhost:3000, http://localhost",
        "localhost:3000, https://localhost",
        "localhost, http://localhost:3000",
        "localhost:80, https://localhost",
        "localhost:443, http://localhost",
        "relay, https://relay:8443",
        "[::1]:3000, http://[::1]:3001",
        "localhost:3000, http://localhost:",
        "localhost:3000, http://localhost:99999",
        "localhost:3000, http://127.0.0.1:3000",
        "127.0.0.1:3000, http://localhost:3000",
        "localhost:3000, null",
        "localhost:3000, http://localhost.evil.example",
        "localhost:3000, http://localhost@evil.example",
        "localhost:3000, http://evil.example/http://localhost",
        "localhost:3000, file://localhost",
        "localhost:3000, chrome-extension://localhost",
        "localhost:3000, localhost",
        "localhost:3000, http://portal.example",
        "localhost:3000, https://portal.example:444"
    })
    void anyOtherOriginIsRefusedWithTheSetting(String host, String origin) {
        assertThat(check(host, origin)).isInstanceOfSatisfying(AccessDecision.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason()).contains(origin).contains("allowedOrigins (RELAY_ALLOWED_ORIGINS)");
        });
    }

    @Test
    void refusedOriginNamesTheHeaderThatAProxyMustPass() {
        assertThat(check("dash.example.org", "https://dash.example.org:8443"))
                .isInstanceOfSatisfying(
                        AccessDecision.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("not of host dash.example.org.")
                                .contains("proxy_set_header Host $http_host"));
    }

    @Test
    void emptyOriginIsRefused() {
        assertThat(check("localhost", "")).isInstanceOf(AccessDecision.Refused.class);
    }

    @Test
    void reasonShowsTheClientsTextShortenedOnOneLine() {
        AccessDecision decision = check("localhost", "http://é\n" + "x".repeat(5000));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        AccessDecision.Refused.class,
                        refused -> assertThat(refused.reason())
                                .hasSizeLessThan(300)
                                .contains("http://??xxx"));
    }

    private AccessDecision check(String host, String... origins) {
        return access.check(new AccessRequest("/api/session?x=1", List.of(host), List.of(origins)));
    }
}
