package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may use a controller: the token and its file, certificates, and the rule for other machines. */
class DoorSettingsTest {

    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, nothing, true",
        "127.8.8.8, nothing, true",
        "::1, nothing, true",
        "localhost, nothing, true",
        "0.0.0.0, nothing, false",
        "::, nothing, false",
        "192.0.2.7, nothing, false",
        "0.0.0.0, token, true",
        "0.0.0.0, trust, true",
        "0.0.0.0, server certificate, false",
        "0.0.0.0, mutual, true"
    })
    void otherMachinesMustPresentSomethingUnlessTheNetworkIsTrusted(String bind, String what, boolean starts)
            throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("CONTROLLER_BIND", bind));
        String pem = file("a.pem", "certificate", "rw-------").toString();
        switch (what) {
            case "token" -> environment.put("CONTROLLER_TOKEN", TOKEN);
            case "trust" -> environment.put("CONTROLLER_TRUST_NETWORK", "true");
            case "server certificate" ->
                environment.putAll(Map.of("CONTROLLER_TLS_CERT", pem, "CONTROLLER_TLS_KEY", pem));
            case "mutual" ->
                environment.putAll(
                        Map.of("CONTROLLER_TLS_CERT", pem, "CONTROLLER_TLS_KEY", pem, "CONTROLLER_TLS_CLIENT_CA", pem));
            default -> assertThat(what).isEqualTo("nothing");
        }
        if (starts) {
            assertThat(read(environment).isGuarded()).isEqualTo(what.equals("token") || what.equals("mutual"));
        } else {
            assertThatThrownBy(() -> read(environment))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContainingAll(
                            "bind (CONTROLLER_BIND) is \"" + bind + "\"",
                            "CONTROLLER_TOKEN",
                            "CONTROLLER_TLS_CLIENT_CA",
                            "CONTROLLER_TRUST_NETWORK");
        }
    }

    @Test
    void proxyOnTheSameMachineIsNotThisMachine() {
        Map<String, String> proxy = new HashMap<>(Map.of("CONTROLLER_TRUSTED_PROXIES", "127.0.0.1"));
        assertThatThrownBy(() -> read(proxy))
                .hasMessageContainingAll("trustedProxies (CONTROLLER_TRUSTED_PROXIES)", "CONTROLLER_TRUST_NETWORK");

        proxy.put("CONTROLLER_TOKEN", TOKEN);
        assertThat(read(proxy).token()).isPresent();
    }

    @Test
    void tokenIsNeverShown() {
        DoorSettings door = read(Map.of("CONTROLLER_TOKEN", TOKEN));

        assertThat(door.toString()).doesNotContain(TOKEN);
        assertThat(door.token().orElseThrow().reveal()).isEqualTo(TOKEN);
        assertThat(door.token().orElseThrow().matches(TOKEN)).isTrue();
        assertThat(door.token().orElseThrow().matches(TOKEN + "x")).isFalse();
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TOKEN", "too short")))
                .hasMessageContainingAll("controllerToken (CONTROLLER_TOKEN)", "at least 16")
                .hasMessageNotContaining("too short");
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TOKEN", "with a blank in the middle")))
                .hasMessageNotContaining("middle");
    }

    @Test
    void tokenComesFromAFile() throws IOException {
        Path file = file("token", TOKEN + "\n", "rw-------");

        assertThat(read(Map.of("CONTROLLER_TOKEN_FILE", file.toString()))
                        .token()
                        .orElseThrow()
                        .reveal())
                .isEqualTo(TOKEN);
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TOKEN_FILE", file.toString(), "CONTROLLER_TOKEN", TOKEN)))
                .hasMessageContaining("remove one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw--w----", "rwxrwxrwx"})
    void fileThatOthersCanReadIsRefusedWithTheCommandThatMendsIt(String permissions) throws IOException {
        Path file = file("token", TOKEN, permissions);

        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TOKEN_FILE", file.toString())))
                .hasMessageContaining("run chmod 600 " + file)
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void onlyRootMayLetTheGroupReadItsFile() throws IOException {
        Path file = file("token", TOKEN, "rw-r-----");
        boolean ofRoot = Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));

        assertThat(SecretFiles.problem(file).isEmpty()).isEqualTo(ofRoot);
    }

    @Test
    void missingFileIsMadeByTheControllerOnly() throws IOException {
        Path file = folder.resolve("made");
        Map<String, String> environment = Map.of("CONTROLLER_TOKEN_FILE", file.toString());
        assertThatThrownBy(() -> relay(environment)).hasMessageContaining("there is no such file");

        String made = read(environment).token().orElseThrow().reveal();

        assertThat(made).hasSizeGreaterThan(40);
        assertThat(Files.readString(file)).isEqualTo(made + "\n");
        assertThat(read(environment).token().orElseThrow().reveal()).isEqualTo(made);
        assertThat(relay(environment).uplink().token().orElseThrow().reveal()).isEqualTo(made);
        assertThat(folder).isDirectoryContaining("glob:**/made").isDirectoryNotContaining("glob:**/.new*");
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TOKEN_FILE", "/no/such/folder/token")))
                .hasMessageContaining("create it, or its folder");
    }

    @Test
    void everythingNeedsTheList() {
        assertThat(read(Map.of()).allow()).containsExactlyInAnyOrder("view", "stats", "inspect", "logs", "control");
        assertThat(read(Map.of("CONTROLLER_ALLOW", "view,logs")).allow()).containsExactlyInAnyOrder("view", "logs");
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_ALLOW", "logs"))).hasMessageContaining("must contain view");
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_ALLOW", "view,admin")))
                .hasMessageContaining("view, stats, inspect, logs or control");
    }

    @Test
    void certificateAndKeyBelongTogether() throws IOException {
        String pem = file("a.pem", "certificate", "rw-r--r--").toString();

        assertThatThrownBy(() -> relay(Map.of("RELAY_TLS_CERT", pem))).hasMessageContaining("tlsKey (RELAY_TLS_KEY)");
        assertThatThrownBy(() -> relay(Map.of("RELAY_TLS_CERT", pem, "RELAY_TLS_KEY", pem)))
                .hasMessageContaining("run chmod 600 " + pem);
        assertThatThrownBy(() -> relay(Map.of("RELAY_CONTROLLER_KEY", pem)))
                .hasMessageContaining("controllerCert (RELAY_CONTROLLER_CERT)");
        assertThatThrownBy(() -> read(Map.of("CONTROLLER_TLS_CLIENT_CA", pem)))
                .hasMessageContaining("tlsCert (CONTROLLER_TLS_CERT)");
    }

    @Test
    void memberOfAClusterNeedsATokenUnlessItIsOnThisMachineOnly() {
        read(Map.of()).checkCluster("127.0.0.1");
        read(Map.of("CONTROLLER_TOKEN", TOKEN)).checkCluster("192.0.2.7");
        read(Map.of("CONTROLLER_TRUST_NETWORK", "true")).checkCluster("192.0.2.7");

        assertThatThrownBy(() -> read(Map.of()).checkCluster("192.0.2.7"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("CONTROLLER_TOKEN", "CONTROLLER_TRUST_NETWORK", "192.0.2.7");
    }

    private Path file(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static DoorSettings read(Map<String, String> environment) {
        return new SettingsReader(ControllerSettings.SCHEMA, ControllerSettings.SCHEMA.defaults(), environment)
                .read(ControllerSettings::read)
                .door();
    }

    private static RelaySettings relay(Map<String, String> environment) {
        JsonObject defaults = RelaySettings.SCHEMA.defaults();
        return new SettingsReader(RelaySettings.SCHEMA, defaults, environment)
                .read(reader -> RelaySettings.read(reader, true));
    }
}
