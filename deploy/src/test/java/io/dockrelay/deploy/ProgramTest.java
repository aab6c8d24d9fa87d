package io.dockrelay.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The program as a process: its output, the order in which it stops, and its exit code. */
class ProgramTest {

    @TempDir
    private Path folder;

    @Test
    void signalStopsTheRelayBeforeTheController() throws Exception {
        Process program = start(Map.of());
        List<String> said = new ArrayList<>();
        try (BufferedReader output = reader(program)) {
            readUntil(output, said, "Relay started false");
            // Not the Process's own destroy, which would close what is being read.
            assertThat(program.toHandle().destroy()).isTrue();
            output.lines().forEach(said::add);
        }

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(143);
        assertThat(said.stream().filter(line -> line.matches("\\w+ (started|stopped).*")))
                .containsExactly(
                        "FakeVerticle started ", "Relay started false", "Relay stopped", "FakeVerticle stopped");
    }

    @Test
    void wrongSettingsOfAllRolesAreNamedAtOnceWithoutAStackTrace() throws Exception {
        Files.writeString(folder.resolve("controller.json"), "{\"apiPort\": 99999}");
        Process program = start(Map.of("DOCKRELAY_CONF", folder.toString(), "PORT", "eighty", "CLUSTER_PORT", "0"));

        List<String> said = wholeOutput(program);

        assertThat(program.exitValue()).isEqualTo(1);
        assertThat(said.stream().filter(line -> line.startsWith("dockrelay: ")))
                .hasSize(3)
                .anyMatch(line -> line.contains("cluster.json: port (CLUSTER_PORT) is \"0\""))
                .anyMatch(line -> line.contains("controller.json: apiPort (CONTROLLER_API_PORT) is 99999"))
                .anyMatch(line -> line.contains("relay.json: port (PORT) is \"eighty\""));
        assertThat(said).noneMatch(line -> line.contains("at io."));
    }

    @Test
    void verticleOfTheUserRunsAloneWithTheConfigOfItsName() throws Exception {
        Files.writeString(folder.resolve("FakeVerticle.json"), "{\"localController\": \"its config\"}");
        Process program =
                start(Map.of("DOCKRELAY_CONF", folder.toString()), "--verticle", "io.dockrelay.deploy.FakeVerticle");
        List<String> said = new ArrayList<>();
        try (BufferedReader output = reader(program)) {
            readUntil(output, said, "FakeVerticle started its config");
            assertThat(program.toHandle().destroy()).isTrue();
            output.lines().forEach(said::add);
        }

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("FakeVerticle stopped").noneMatch(line -> line.contains("Relay started"));
    }

    @Test
    void configOfAVerticleMustBeAnObject() throws Exception {
        Files.writeString(folder.resolve("FakeVerticle.json"), "[1]");
        Process program =
                start(Map.of("DOCKRELAY_CONF", folder.toString()), "--verticle", "io.dockrelay.deploy.FakeVerticle");

        assertThat(wholeOutput(program)).anyMatch(line -> line.contains("FakeVerticle.json must be a JSON object"));
        assertThat(program.exitValue()).isEqualTo(1);
    }

    @Test
    void wrongArgumentExitsWithTwo() throws Exception {
        Process program = start(Map.of(), "sevrer");

        assertThat(wholeOutput(program)).anyMatch(line -> line.contains("\"sevrer\" is neither a role"));
        assertThat(program.exitValue()).isEqualTo(2);
    }

    private static Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(CONTROLLER|RELAY|CLUSTER|DOCKE?R|PORT).*"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> wholeOutput(Process program) throws Exception {
        try (BufferedReader output = reader(program)) {
            List<String> said = output.lines().toList();
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return said;
        }
    }

    private static BufferedReader reader(Process program) {
        return new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void readUntil(BufferedReader output, List<String> said, String awaited) throws IOException {
        String line = "";
        while (line != null && !line.equals(awaited)) {
            line = output.readLine();
            said.add(line);
        }
    }
}
