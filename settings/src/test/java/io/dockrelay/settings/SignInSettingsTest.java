package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignInSettingsTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST."})
    void withoutSignInLoopbackIsEnough(String bind) {
        assertThat(read(Map.of("RELAY_BIND", bind))).isInstanceOf(SignInSettings.None.class);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.168.1.20", "relay.example", "127.0.0.1.example", "localhost.example"})
    void withoutSignInAnyOtherAddressNamesTheSettings(String bind) {
        assertThatThrownBy(() -> read(Map.of("RELAY_BIND", bind)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RELAY_SIGN_IN")
                .hasMessageContaining("trustNetwork (RELAY_TRUST_NETWORK)")
                .hasMessageContaining(bind);
        assertThat(read(Map.of("RELAY_BIND", bind, "RELAY_TRUST_NETWORK", "yes")))
                .isInstanceOfSatisfying(
                        SignInSettings.None.class,
                        none -> assertThat(none.trust()).isEqualTo(NetworkTrust.YES));
    }

    @Test
    void publishedPortIsTrustedOnLoopbackOnly() {
        Map<String, String> published = Map.of("RELAY_BIND", "0.0.0.0", "RELAY_TRUST_NETWORK", "published");
        assertThat(read(published)).isInstanceOf(SignInSettings.None.class);
        assertThatThrownBy(() -> read(with(published, "RELAY_PUBLISHED_ON", "0.0.0.0")))
                .hasMessageContaining("publishedOn (RELAY_PUBLISHED_ON) is \"0.0.0.0\"")
                .hasMessageContaining("RELAY_SIGN_IN");
        assertThat(read(with(
                        published,
                        "RELAY_PUBLISHED_ON",
                        "0.0.0.0",
                        "RELAY_SIGN_IN",
                        "users",
                        "RELAY_DATA_FOLDER",
                        folder.toString())))
                .isInstanceOf(SignInSettings.Users.class);
    }

    @Test
    void usersNeedAFolder() {
        assertThatThrownBy(() -> read(Map.of("RELAY_SIGN_IN", "users"))).hasMessageContaining("RELAY_DATA_FOLDER");
        assertThat(users(Map.of()).file()).isEqualTo(folder.resolve("users.json"));
        assertThat(users(Map.of("RELAY_USERS_FILE", "/etc/dockrelay/users.json"))
                        .file())
                .isEqualTo(Path.of("/etc/dockrelay/users.json"));
    }

    @Test
    void noneCannotBeCombined() {
        assertThatThrownBy(() -> users(Map.of("RELAY_SIGN_IN", "none,users"))).hasMessageContaining("remove one");
        assertThatThrownBy(() -> users(Map.of("RELAY_SIGN_IN", "ldap")))
                .hasMessageContaining("none, users, oidc or proxy");
    }

    @Test
    void keyComesFromTheSettingOrAPrivateFileAndIsNeverShown() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(users(Map.of("RELAY_SESSION_KEY", KEY))
                        .sessions()
                        .key()
                        .orElseThrow()
                        .bytes())
                .hasSize(32);
        Secret ofFile = users(Map.of("RELAY_SESSION_KEY_FILE", file.toString()))
                .sessions()
                .key()
                .orElseThrow();
        assertThat(ofFile.bytes()).hasSize(32);
        assertThat(ofFile).hasToString("(secret)");
        assertThatThrownBy(() -> users(Map.of("RELAY_SESSION_KEY", KEY, "RELAY_SESSION_KEY_FILE", file.toString())))
                .hasMessageContaining("remove one of them")
                .message()
                .doesNotContain(KEY);
        assertThatThrownBy(() -> users(Map.of("RELAY_SESSION_KEY", "hunter2hunter2")))
                .hasMessageContaining("openssl rand -base64 32")
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw--w----"})
    void secretFileThatOthersCanReadIsRefusedWithTheCommand(String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> users(Map.of("RELAY_SESSION_KEY_FILE", file.toString())))
                .hasMessageContaining("run chmod 600 " + file);
        assertThatThrownBy(() -> users(Map.of("RELAY_USERS_FILE", file.toString())))
                .hasMessageContaining("run chmod 600 " + file);
    }

    @Test
    void fileWithoutAKeyIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "hunter2");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> users(Map.of("RELAY_SESSION_KEY_FILE", file.toString())))
                .hasMessageContaining("what is in it must be 32 bytes in base64")
                .message()
                .doesNotContain("hunter2");
    }

    private SignInSettings.Users users(Map<String, String> environment) {
        Map<String, String> all =
                new HashMap<>(Map.of("RELAY_SIGN_IN", "users", "RELAY_DATA_FOLDER", folder.toString()));
        all.putAll(environment);
        return (SignInSettings.Users) read(all);
    }

    private static Map<String, String> with(Map<String, String> environment, String... more) {
        Map<String, String> all = new HashMap<>(environment);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static SignInSettings read(Map<String, String> environment) {
        return new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), environment)
                .read(reader -> RelaySettings.read(reader, true))
                .signIn();
    }
}
