package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(VertxExtension.class)
class SettingsLoaderTest {

    @Test
    void verticleConfigIsBetweenDefaultsAndEnvironment(Vertx vertx) throws Exception {
        JsonObject config = new JsonObject()
                .put("port", 3100)
                .put("maxLines", 50)
                .put("environment", new JsonObject().put("PORT", "3200"));

        RelaySettings settings = get(RelaySettings.load(vertx, config));

        assertThat(settings.listen().port()).isEqualTo(3200);
        assertThat(settings.limits().connections()).isEqualTo(4000);
        assertThat(settings.limits().lines()).isEqualTo(50);
        assertThat(config.containsKey("environment")).isTrue();
    }

    @Test
    void processEnvironmentIsReadWhenNoOtherIsGiven(Vertx vertx) throws Exception {
        Key<String> path = Key.of("path", "PATH", Formats.text("a text", ".+"), "");
        String seen = get(new SettingsLoader(vertx)
                .load(
                        RelaySettings.SCHEMA,
                        new JsonObject(),
                        reader -> reader.environment(path.environment()).orElse("")));

        assertThat(seen).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void wrongValuesFailTheFuture(Vertx vertx) {
        JsonObject config = new JsonObject().put("environment", new JsonObject().put("PORT", "eighty"));

        assertThatThrownBy(() -> get(RelaySettings.load(vertx, config)))
                .hasCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("port (PORT) is \"eighty\"");
    }

    @Test
    void confFileWithASecretIsForItsOwnerOnly(Vertx vertx, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("relay.json"), "{\"controllerToken\": \"0123456789abcdef\", \"port\": 3300}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> get(new SettingsLoader(vertx).readFile(folder, RelaySettings.SCHEMA)))
                .hasCauseInstanceOf(SettingsException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageNotContaining("0123456789abcdef");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(get(new SettingsLoader(vertx).readFile(folder, RelaySettings.SCHEMA))
                        .getInteger("port"))
                .isEqualTo(3300);
    }

    @Test
    void missingFileOfAConfFolderIsEmpty(Vertx vertx, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("relay.json"), "{\"port\": 3300}");
        SettingsLoader loader = new SettingsLoader(vertx);

        assertThat(get(loader.readFile(folder, RelaySettings.SCHEMA))).isEqualTo(new JsonObject().put("port", 3300));
        assertThat(get(loader.readFile(folder, ControllerSettings.SCHEMA))).isEmpty();
    }

    @Test
    void confFileThatIsNotJsonIsNamed(Vertx vertx, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("relay.json"), "port = 3300");

        assertThatThrownBy(() -> get(new SettingsLoader(vertx).readFile(folder, RelaySettings.SCHEMA)))
                .hasCauseInstanceOf(SettingsException.class)
                .hasMessageContaining(file + " cannot be read as a JSON object");
    }

    @Test
    void clusterSettingsHaveTheirOwnFile(Vertx vertx) throws Exception {
        JsonObject config = new JsonObject()
                .put(
                        "environment",
                        new JsonObject().put("CLUSTER", "1").put("CLUSTER_MEMBERS", "a, b:5702,[::1]:5701"));

        ClusterSettings settings = get(ClusterSettings.load(vertx, config));

        assertThat(settings.clustered()).isTrue();
        assertThat(settings.members()).containsExactly("a", "b:5702", "[::1]:5701");
        assertThat(settings.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void certificateOfAMemberNeedsTheIssuerOfTheOthers(Vertx vertx, @TempDir Path folder) throws IOException {
        Path cert = Files.writeString(folder.resolve("cert.pem"), "");
        JsonObject config = new JsonObject().put("tlsCert", cert.toString()).put("environment", new JsonObject());

        assertThatThrownBy(() -> get(ClusterSettings.load(vertx, config)))
                .hasMessageContaining("tlsCert (CLUSTER_TLS_CERT)")
                .hasMessageContaining("tlsCa (CLUSTER_TLS_CA) is empty: set both")
                .hasMessageContaining("tlsKey (CLUSTER_TLS_KEY) is empty: set both");
    }

    private static <T> T get(Future<T> future)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
