package io.dockrelay.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Settings of sign-in at a provider, and by a proxy. */
class SingleSignOnSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void providerHasDefaultsForWhatIsNotNeeded() {
        OidcSettings oidc = oidc();
        assertThat(oidc.issuer()).hasToString("https://id.example/realms/main");
        assertThat(oidc.scopes()).containsExactly("openid", "profile", "email");
        assertThat(oidc.check()).isEqualTo(Duration.ofMinutes(4));
        assertThat(oidc.clientSecret()).isEmpty();
        assertThat(oidc.isSecure()).isTrue();
        assertThat(oidc.publicAddress()).isEqualTo("https://dockrelay.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RELAY_OIDC_ISSUER", "RELAY_OIDC_CLIENT_ID", "RELAY_PUBLIC_ADDRESS", "RELAY_DATA_FOLDER"})
    void whatIsNeededIsNamed(String variable) {
        assertThatThrownBy(() -> oidc(variable, ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining("signIn (RELAY_SIGN_IN) oidc needs");
    }

    @ParameterizedTest
    @CsvSource({
        "RELAY_OIDC_ISSUER, http://id.example",
        "RELAY_OIDC_ISSUER, https://user@id.example",
        "RELAY_OIDC_ISSUER, https://id.example/?x=y",
        "RELAY_OIDC_ISSUER, id.example",
        "RELAY_PUBLIC_ADDRESS, https://dockrelay.example/path",
        "RELAY_OIDC_CHECK, 5m",
        "RELAY_OIDC_CHECK, 100ms",
        "RELAY_OIDC_SCOPES, 'openid,a b'",
        "RELAY_OIDC_SCOPES, profile",
        "RELAY_OIDC_NAME, <b>",
        "RELAY_GROUP_ROLES, admins",
        "RELAY_GROUP_ROLES, admins=Admin",
    })
    void otherValuesAreRefused(String variable, String value) {
        assertThatThrownBy(() -> oidc(variable, value))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:8080/realms/main", "http://[::1]:8080"})
    void issuerOnThisMachineNeedsNoTls(String issuer) {
        assertThat(oidc("RELAY_OIDC_ISSUER", issuer).issuer()).hasToString(issuer);
    }

    @Test
    void slashAtTheEndOfTheIssuerDoesNotCount() {
        assertThat(oidc("RELAY_OIDC_ISSUER", "https://id.example/").issuer()).hasToString("https://id.example");
    }

    @Test
    void secretComesFromThePrivateFileAndIsNeverShown() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2-hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        OidcSettings oidc = oidc("RELAY_OIDC_CLIENT_SECRET_FILE", file.toString());
        assertThat(new String(oidc.clientSecret().orElseThrow().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("hunter2-hunter2");
        assertThat(oidc.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> oidc("RELAY_OIDC_CLIENT_SECRET", "hunter2 hunter2"))
                .hasMessageContaining("not shown")
                .message()
                .doesNotContain("hunter2");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> oidc("RELAY_OIDC_CLIENT_SECRET_FILE", file.toString()))
                .hasMessageContaining("run chmod 600 " + file);
    }

    @Test
    void groupsHaveRoles() {
        GroupRoles roles = read(with("RELAY_GROUP_ROLES", "admins=admin,ops=operator,ops=reader,CN=x=viewer"))
                .groups();
        assertThat(roles.of(List.of("ops", "others"))).isEqualTo(Set.of("operator", "reader"));
        assertThat(roles.of(List.of("CN=x"))).containsExactly("viewer");
        assertThat(roles.of(List.of("Admins"))).isEmpty();
    }

    @Test
    void waysAreCombined() {
        SignInSettings.Combined all = read(with(
                "RELAY_SIGN_IN", "users,oidc,proxy",
                "RELAY_SIGN_IN_PROXIES", "10.0.0.7,172.18.0.0/16"));
        assertThat(all.users()).isPresent();
        assertThat(all.oidc()).isPresent();
        assertThat(all.proxy().orElseThrow().proxies()).containsExactly("10.0.0.7/32", "172.18.0.0/16");
        assertThat(all.proxy().orElseThrow().userHeader()).isEqualTo("X-Forwarded-User");
        assertThatThrownBy(() -> read(with("RELAY_SIGN_IN", "none,oidc"))).hasMessageContaining("remove one");
    }

    @Test
    void proxyNeedsNoFolderButAnAddress() {
        assertThat(read(Map.of("RELAY_SIGN_IN", "proxy", "RELAY_SIGN_IN_PROXIES", "10.0.0.7", "RELAY_BIND", "0.0.0.0"))
                        .proxy())
                .isPresent();
        assertThatThrownBy(() -> read(Map.of("RELAY_SIGN_IN", "proxy")))
                .hasMessageContaining("signInProxies (RELAY_SIGN_IN_PROXIES)");
        assertThatThrownBy(() -> read(Map.of("RELAY_SIGN_IN", "proxy", "RELAY_SIGN_IN_PROXIES", "::/0")))
                .hasMessageContaining("every client could be any user");
        assertThatThrownBy(() -> read(Map.of(
                        "RELAY_SIGN_IN", "proxy",
                        "RELAY_SIGN_IN_PROXIES", "10.0.0.7",
                        "RELAY_USER_HEADER", "Remote_User")))
                .hasMessageContaining("RELAY_USER_HEADER");
        assertThatThrownBy(() -> read(Map.of(
                        "RELAY_SIGN_IN", "proxy",
                        "RELAY_SIGN_IN_PROXIES", "10.0.0.7",
                        "RELAY_GROUPS_HEADER", "x-forwarded-user")))
                .hasMessageContaining("RELAY_GROUPS_HEADER");
    }

    private OidcSettings oidc(String... more) {
        return read(with(more)).oidc().orElseThrow().provider();
    }

    private Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "RELAY_SIGN_IN", "oidc",
                "RELAY_DATA_FOLDER", folder.toString(),
                "RELAY_PUBLIC_ADDRESS", "https://dockrelay.example",
                "RELAY_OIDC_ISSUER", "https://id.example/realms/main",
                "RELAY_OIDC_CLIENT_ID", "dockrelay"));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static SignInSettings.Combined read(Map<String, String> environment) {
        return (SignInSettings.Combined)
                new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), environment)
                        .read(reader -> RelaySettings.read(reader, true))
                        .signIn();
    }
}
