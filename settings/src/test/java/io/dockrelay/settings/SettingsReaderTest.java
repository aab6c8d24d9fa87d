package io.dockrelay.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsReaderTest {

    @Test
    void environmentWinsOverFileAndFileOverDefaults() {
        ControllerSettings settings = controller(
                new JsonObject().put("apiPort", 18089).put("wsPort", 18090), Map.of("CONTROLLER_WS_PORT", "28090"));

        assertThat(settings.api().port()).isEqualTo(18089);
        assertThat(settings.ws().port()).isEqualTo(28090);
        assertThat(settings.api().host()).isEqualTo("127.0.0.1");
        assertThat(settings.lookInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void everyPortBindsToLoopbackByDefault() {
        ControllerSettings settings = controller(new JsonObject(), Map.of());

        assertThat(settings.api().host()).isEqualTo("127.0.0.1");
        assertThat(settings.ws().host()).isEqualTo("127.0.0.1");
        assertThat(relay(Map.of()).listen().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void blankVariableCountsAsUnset() {
        assertThat(controller(new JsonObject(), Map.of("CONTROLLER_API_PORT", "  "))
                        .api()
                        .port())
                .isEqualTo(8089);
    }

    @Test
    void everyWrongValueOfAStartIsNamedAtOnce() {
        SettingsException wrong = wrong(
                ControllerSettings.SCHEMA,
                new JsonObject()
                        .put("lookInterval", 2000)
                        .put("maxLines", "10000")
                        .put("dockerTlsVerify", "true"),
                Map.of("CONTROLLER_API_PORT", "80890", "CONTROLLER_ALLOWED_ORIGINS", "example.org"),
                ControllerSettings::read);

        assertThat(wrong.problems())
                .containsExactlyInAnyOrder(
                        "controller.json: apiPort (CONTROLLER_API_PORT) is \"80890\", but must be a port, a whole number"
                                + " from 0 to 65535.",
                        "controller.json: lookInterval (CONTROLLER_LOOK_INTERVAL) is 2000, but must be a duration with"
                                + " its unit (500ms, 2s, 1m or 1h) from 100ms to 1m.",
                        "controller.json: maxLines (CONTROLLER_MAX_LINES) is \"10000\", but must be a whole number from"
                                + " 1 to 1000000.",
                        "controller.json: dockerTlsVerify (DOCKER_TLS_VERIFY) is \"true\", but must be true or false.",
                        "controller.json: allowedOrigins (CONTROLLER_ALLOWED_ORIGINS) is \"example.org\", but must be a"
                                + " list (in the environment with ',' between its elements) of which each is an origin"
                                + " such as https://host or http://host:port, without a path.");
    }

    @Test
    void longestStopGraceIsShorterThanTheCallersTimeout() {
        JsonObject longest = new JsonObject().put("stopGrace", "5m");
        assertThat(controller(longest, Map.of()).stopGrace()).contains(Duration.ofMinutes(5));

        SettingsException wrong = wrong(
                ControllerSettings.SCHEMA, new JsonObject().put("stopGrace", "6m"), Map.of(), ControllerSettings::read);
        assertThat(wrong.getMessage()).contains("stopGrace").contains("from 0s to 5m, or empty");
    }

    @Test
    void unknownKeyIsRefusedWithTheNearestKnownOne() {
        SettingsException wrong = wrong(
                RelaySettings.SCHEMA, new JsonObject().put("alowedHost", "x"), Map.of(), SettingsReaderTest::relay);

        assertThat(wrong)
                .hasMessage("relay.json: there is no key \"alowedHost\"; the nearest one is \"allowedHosts\".");
    }

    @Test
    void secretsAndPasswordsInUrlsAreNeverShown() {
        Key<String> password = Key.secret("password", "PASSWORD", Formats.text("eight letters", "[a-z]{8}"), "");
        SettingsReader reader = new SettingsReader(
                RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), Map.of("PASSWORD", "hunter2"));
        reader.wrong(password, "must be right");
        reader.wrong(ControllerAddresses.CONTROLLER_WS, "is only here to be listed");
        SettingsException wrong = catchThrowableOfType(SettingsException.class, () -> reader.read(same -> ""));
        assertThat(wrong.getMessage()).doesNotContain("hunter2").contains("password (PASSWORD)");

        SettingsException url = wrong(
                RelaySettings.SCHEMA,
                new JsonObject(),
                Map.of("CONTROLLER_WS", "ws://me:hunter2@host:8090"),
                SettingsReaderTest::relay);
        assertThat(url.getMessage()).doesNotContain("hunter2").contains("ws://***@host:8090");
    }

    @Test
    void nullInAConfFileIsAWrongValue() {
        assertThat(wrong(RelaySettings.SCHEMA, new JsonObject().putNull("port"), Map.of(), SettingsReaderTest::relay))
                .hasMessageContaining("port (PORT) is null, but must be a port");
    }

    @Test
    void listsOfTheEnvironmentAreSplitAndNormalised() {
        RelaySettings settings = relay(Map.of(
                "RELAY_ALLOWED_HOSTS", "Relay.Example. , dashboard",
                "RELAY_ALLOWED_ORIGINS", "HTTPS://Portal.example:443,http://localhost:5173/"));

        assertThat(settings.access().hosts()).containsExactly("relay.example", "dashboard");
        assertThat(settings.access().origins()).containsExactly("https://portal.example", "http://localhost:5173");
    }

    @Test
    void durationsNameTheirUnit() {
        assertThat(Map.of("500ms", 500L, "2s", 2_000L, "1m", 60_000L))
                .allSatisfy((text, millis) -> assertThat(
                                controller(new JsonObject(), Map.of("CONTROLLER_LOOK_INTERVAL", text))
                                        .lookInterval())
                        .hasMillis(millis));
        assertThat(List.of("2", "2 s", "-2s", "1.5s", "99ms", "61s"))
                .allSatisfy(text -> assertThat(wrong(
                                ControllerSettings.SCHEMA,
                                new JsonObject(),
                                Map.of("CONTROLLER_LOOK_INTERVAL", text),
                                ControllerSettings::read))
                        .hasMessageContaining("CONTROLLER_LOOK_INTERVAL"));
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        SettingsException wrong = wrong(
                ControllerSettings.SCHEMA,
                new JsonObject(),
                Map.of(
                        "COMPOSE_FILE",
                        "/nowhere/compose.yaml",
                        "DOCKER_CERT_PATH",
                        "/nowhere",
                        "DOCKER_HOST",
                        "ssh://h"),
                ControllerSettings::read);

        assertThat(wrong.problems()).hasSize(3);
        assertThat(wrong).hasMessageContaining("/nowhere/compose.yaml").hasMessageContaining("DOCKER_HOST");
    }

    @Test
    void engineAddressMayHaveThePathOfAProxy() {
        assertThat(List.of("unix:///run/my docker.sock", "tcp://proxy:2375", "tcp://proxy:2375/engines/one"))
                .allSatisfy(address -> assertThat(controller(new JsonObject(), Map.of("DOCKER_HOST", address))
                                .docker()
                                .host())
                        .contains(address));
        assertThat(wrong(
                        ControllerSettings.SCHEMA,
                        new JsonObject(),
                        Map.of("DOCKER_HOST", "tcp://proxy:2375/?engine=one"),
                        ControllerSettings::read))
                .hasMessageContaining("or tcp://host:port, with an optional /path");
    }

    @Test
    void unsetIdIsTheHostName() {
        assertThat(controller(new JsonObject(), Map.of()).id()).matches("[A-Za-z0-9_.-]+");
        assertThat(controller(new JsonObject(), Map.of("CONTROLLER_ID", "edge-1"))
                        .id())
                .isEqualTo("edge-1");
        assertThat(wrong(
                        ControllerSettings.SCHEMA,
                        new JsonObject(),
                        Map.of("CONTROLLER_ID", "a/b"),
                        ControllerSettings::read))
                .hasMessageContaining("CONTROLLER_ID");
    }

    private static RelaySettings relay(Map<String, String> environment) {
        return new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), environment)
                .read(SettingsReaderTest::relay);
    }

    private static RelaySettings relay(SettingsReader reader) {
        return RelaySettings.read(reader, false);
    }

    private static ControllerSettings controller(JsonObject own, Map<String, String> environment) {
        JsonObject values = ControllerSettings.SCHEMA.defaults().mergeIn(own);
        return new SettingsReader(ControllerSettings.SCHEMA, values, environment).read(ControllerSettings::read);
    }

    private static SettingsException wrong(
            SettingsSchema schema,
            JsonObject own,
            Map<String, String> environment,
            Function<SettingsReader, ?> settings) {
        JsonObject values = schema.defaults().mergeIn(own);
        return catchThrowableOfType(
                SettingsException.class, () -> new SettingsReader(schema, values, environment).read(settings));
    }
}
