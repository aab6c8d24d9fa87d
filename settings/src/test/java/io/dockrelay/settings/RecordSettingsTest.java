package io.dockrelay.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordSettingsTest {

    private static final byte[] BYTES = "a key of thirty-two bytes in all".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY = Base64.getEncoder().encodeToString(BYTES);

    @TempDir
    Path folder;

    @Test
    void nothingIsRecordedByDefault() {
        RecordSettings record = read(Map.of());

        assertThat(record.folder()).isEmpty();
        assertThat(record.key()).isEmpty();
        assertThat(record.fileBytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(record.files()).isEqualTo(20);
    }

    @Test
    void keyComesFromTheEnvironmentOrAFileAndIsNeverShown() throws IOException {
        Path file = file(KEY + "\n", "rw-------");
        for (Map<String, String> environment :
                java.util.List.of(Map.of("RELAY_RECORD_KEY", KEY), Map.of("RELAY_RECORD_KEY_FILE", file.toString()))) {
            RecordSettings record = read(environment);
            assertThat(record.key().orElseThrow().bytes()).isEqualTo(BYTES);
            assertThat(record.toString()).doesNotContain(KEY);
        }
        assertThatThrownBy(() -> read(Map.of("RELAY_RECORD_KEY", KEY, "RELAY_RECORD_KEY_FILE", file.toString())))
                .hasMessageContaining("remove one of them");
    }

    @Test
    void keyOfAnotherLengthIsRefusedWithoutShowingIt() throws IOException {
        String half = KEY.substring(0, 20);
        Path file = file(half, "rw-------");

        assertThatThrownBy(() -> read(Map.of("RELAY_RECORD_KEY", half)))
                .hasMessageContainingAll("recordKey (RELAY_RECORD_KEY)", "32 bytes in base64")
                .hasMessageNotContaining(half);
        assertThatThrownBy(() -> read(Map.of("RELAY_RECORD_KEY_FILE", file.toString())))
                .hasMessageContainingAll("recordKeyFile (RELAY_RECORD_KEY_FILE)", "32 bytes in base64")
                .hasMessageNotContaining(half);
    }

    @Test
    void keyFileThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
        Path file = file(KEY, "rw-r--r--");

        assertThatThrownBy(() -> read(Map.of("RELAY_RECORD_KEY_FILE", file.toString())))
                .hasMessageContaining("run chmod 600 " + file)
                .hasMessageNotContaining(KEY);
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static RecordSettings read(Map<String, String> environment) {
        return new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), environment)
                .read(RecordSettings::read);
    }
}
