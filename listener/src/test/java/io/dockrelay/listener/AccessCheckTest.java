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
            List.of("172.18.0.0/16", "fd00::1/128"),
            "allowedHosts (RELAY_ALLOWED_HOSTS)",
            "allowedOrigins (RELAY_ALLOWED_ORIGINS)",
            "trustedProxies (RELAY_TRUSTED_PROXIES)"));

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
                    .containsSubsequence("add it to allowedHosts (RELAY_ALLOWED_HOSTS).", "A proxy must pass");
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
        assertThat(access.check(request("/", List.of()))).isInstanceOf(AccessDecision.Refused.class);
        assertThat(access.check(request("/", List.of("localhost", "localhost"))))
                .isInstanceOf(AccessDecision.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/", "http://evil.example/", "localhost:443", "*", ""})
    void targetsOtherThanPathsAreRefused(String target) {
        assertThat(access.check(request(target, List.of("localhost"))))
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

    @ParameterizedTest
    @CsvSource({
        // nginx with Host $host, which has no port
        "dash.example.org, , 8443, https, https://dash.example.org:8443",
        "dash.example.org, , 8443, , https://dash.example.org:8443",
        "dash.example.org, , , https, https://dash.example.org",
        // nginx without a Host of its own, with X-Forwarded-Host
        "backend:3000, dash.example.org, 8443, https, https://dash.example.org:8443",
        // Traefik and Caddy: the host as the browser sent it
        "dash.example.org:8443, dash.example.org:8443, 443, https, https://dash.example.org:8443",
        "backend, Dash.Example.Org, , https, https://dash.example.org"
    })
    void headersOfATrustedProxyReplaceTheHost(
            String host, String forwarded, String port, String scheme, String origin) {
        assertThat(check(host, origin, new Forwarding("172.18.0.2", forwarded, port, scheme)))
                .isEqualTo(new AccessDecision.Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "dash.example.org, , 8443, https, https://dash.example.org:9999",
        "dash.example.org, , , https, http://dash.example.org",
        "dash.example.org, , 443, https, http://dash.example.org:443",
        "dash.example.org, , , https, https://evil.example",
        "dash.example.org, evil.example, , https, https://evil.example",
        "dash.example.org, dash.example.org, 99999, https, https://dash.example.org"
    })
    void headersOfATrustedProxyAllowNoOtherOrigin(
            String host, String forwarded, String port, String scheme, String origin) {
        assertThat(check(host, origin, new Forwarding("172.18.0.2", forwarded, port, scheme)))
                .isInstanceOf(AccessDecision.Refused.class);
    }

    @Test
    void refusalNamesTheProxyThatIsNotTrusted() {
        var headers = new Forwarding("172.19.0.2", null, "8443", "https");

        assertThat(check("dash.example.org", "https://dash.example.org:8443", headers))
                .isInstanceOfSatisfying(
                        AccessDecision.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("because 172.19.0.2 is not in trustedProxies (RELAY_TRUSTED_PROXIES)")
                                .contains("allowedOrigins (RELAY_ALLOWED_ORIGINS)"));
    }

    @Test
    void proxiesAreTrustedByAddressOfEitherFamily() {
        assertThat(check(
                        "dash.example.org",
                        "https://dash.example.org:8443",
                        new Forwarding("fd00::1", null, "8443", null)))
                .isEqualTo(new AccessDecision.Allowed());
        assertThat(check(
                        "dash.example.org",
                        "https://dash.example.org:8443",
                        new Forwarding("fd00::2", null, "8443", null)))
                .isInstanceOf(AccessDecision.Refused.class);
        assertThat(check("dash.example.org", "https://dash.example.org:8443", new Forwarding(null, null, "8443", null)))
                .isInstanceOf(AccessDecision.Refused.class);
    }

    private AccessDecision check(String host, String... origins) {
        return access.check(request("/api/session?x=1", List.of(host), origins));
    }

    private AccessDecision check(String host, String origin, Forwarding forwarding) {
        return access.check(new AccessRequest("/api/session", List.of(host), List.of(origin), forwarding));
    }

    private static AccessRequest request(String target, List<String> hosts, String... origins) {
        return new AccessRequest(target, hosts, List.of(origins), Forwarding.NONE);
    }
}
