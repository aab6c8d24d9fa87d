package io.dockrelay.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The helpers that the shell scripts share, in {@code deploy/setup}. */
class ScriptsTest {

    private static final Path HELPERS = Path.of("setup/say.sh").toAbsolutePath();

    @Test
    void endingAProcessThatEndsAtTheSameMomentIsNoError() throws Exception {
        String gone = "sleep 0 & pid=$!; wait $pid; alive() { return 0; };";

        assertThat(bash(gone + "end_process $pid 0; echo continues")).isEqualTo("continues\n");
    }

    @Test
    void processThatIgnoresSigtermIsKilled() throws Exception {
        String deaf = "trap '' TERM; sleep 60 >/dev/null & pid=$!;";

        assertThat(bash(deaf + "end_process $pid 1; alive $pid || echo dead")).isEqualTo("dead\n");
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-ceu", ". " + HELPERS + "; " + script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
