package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys are defined in code, defaults in the conf files: both must have the same keys. */
class ConfFilesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static Set<SettingsSchema> schemas() {
        return Set.of(ControllerSettings.SCHEMA, RelaySettings.SCHEMA, ClusterSettings.SCHEMA);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void confFileHasExactlyTheKeysOfTheSchemaInItsOrder(SettingsSchema schema) throws IOException {
        JsonObject file = new JsonObject(Files.readString(ROOT.resolve("conf").resolve(schema.file())));

        assertThat(file.fieldNames())
                .containsExactlyElementsOf(schema.keys().stream().map(Key::name).toList());
        assertThat(schema.defaults()).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyDefaultIsValid(SettingsSchema schema) {
        SettingsReader reader = new SettingsReader(schema, schema.defaults(), Map.of());

        assertThat(schema.keys())
                .allSatisfy(key -> assertThat((Object) reader.get(key)).isNotNull());
        String nothing = reader.read(read -> "nothing");
        assertThat(nothing).isEqualTo("nothing");
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        RelaySettings relay = new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), Map.of())
                .read(reader -> RelaySettings.read(reader, true));
        assertThat(relay.listen().port()).isEqualTo(3000);
        assertThat(relay.limits())
                .isEqualTo(new Limits(4000, 256, 10_000, new ClientLimits(2000, 2000, 10_000, 100, 1000, 10_000)));
        assertThat(relay.pathPrefix()).isEmpty();
    }

    @Test
    void documentationHasTheTablesOfTheSchemas() throws IOException {
        Path page = ROOT.resolve("docs").resolve("configuration.md");
        String text = Files.readString(page);
        String expected = ConfigurationTable.into(text);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, expected);
            return;
        }
        assertThat(text)
                .as("docs/configuration.md; -Ddocs.write=true on this test writes it")
                .isEqualTo(expected);
    }
}
