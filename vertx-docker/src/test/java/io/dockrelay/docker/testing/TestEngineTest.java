package io.dockrelay.docker.testing;

import java.nio.file.Files;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnRealEngine
class TestEngineTest {

    @Test
    void runsAScriptInAContainerWithLabels(TestEngine engine) {
        engine.run("greeter", Map.of("colour", "green"), "echo hello");

        assertThat(engine.awaitExit("greeter")).isZero();
        assertThat(engine.docker("logs", "greeter")).isEqualTo("hello");
        assertThat(engine.docker("ps", "-aq", "--filter", "label=colour=green")).isNotEmpty();
    }

    @Test
    void restartAfterAKillKeepsTheDataAndCloseRemovesEverything() {
        TestEngine engine = TestEngine.create();
        try (engine) {
            engine.run("sleeper", "sleep 1000");
            engine.kill();
            assertThat(engine.dockerExitCode("ps")).isNotZero();
            engine.start();
            assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("sleeper");
            engine.docker("start", "sleeper");
            engine.kill();
        }

        assertThat(engine.folder()).doesNotExist();
        assertThat(mounts()).doesNotContain(engine.folder().toString());
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(engine.folder().toString())))
                .isEmpty();
    }

    @Test
    void missingProgramIsReportedWithItsPackage() {
        assertThatThrownBy(() -> Programs.find("no-such-daemon", "its-package"))
                .hasMessageContaining("No no-such-daemon on this machine")
                .hasMessageContaining("apt-get install its-package")
                .hasMessageContaining("./test");
    }

    private static String mounts() {
        try {
            return Files.readString(java.nio.file.Path.of("/proc/self/mounts"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
