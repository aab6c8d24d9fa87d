package io.dockrelay.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.deploy.commands.CommandException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Commands with the settings of a conf folder. */
class SettingsOfCommandsTest {

    @TempDir
    Path folder;

    /** Often, because the threads that read the settings end at the same time. */
    @Test
    @Timeout(60)
    void settingsAreReadAndTheCommandEnds() throws IOException {
        Path record = folder.resolve("record");
        conf("{\"recordFolder\": \"" + record + "\"}");
        for (int i = 0; i < 30; i++) {
            var out = new ByteArrayOutputStream();

            assertThat(audit(out)).isEqualTo(1);
            assertThat(out.toString(UTF_8)).contains("there is no record in " + record);
        }
    }

    @Test
    @Timeout(60)
    void settingThatIsWrongIsExplained() throws IOException {
        conf("{\"recordFiles\": 1}");

        assertThatThrownBy(() -> audit(new ByteArrayOutputStream()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("recordFiles (RELAY_RECORD_FILES)");
    }

    private int audit(ByteArrayOutputStream out) {
        return new Commands(Map.of("DOCKRELAY_CONF", folder.toString()))
                .named("audit")
                .run(List.of("verify"), InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
    }

    private void conf(String relay) throws IOException {
        Path unused = Files.writeString(folder.resolve("relay.json"), relay);
    }
}
