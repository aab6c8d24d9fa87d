package io.dockrelay.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnRealEngine
class ReadmeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " client"})
    void readmeContainsTheTestedExamples(String name) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/dockrelay/docker/Example.java"));
        String begin = "// README: begin" + name + "\n";
        String example = source.substring(
                        source.indexOf(begin) + begin.length(), source.indexOf("        // README: end" + name + "\n"))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(Path.of("README.md"))).contains(example);
    }

    @Test
    void clientOfTheExampleIsBuiltAndClosed() throws IOException {
        Vertx vertx = EngineCalls.nativeVertx();
        Example.client(vertx).close();
        await(vertx.close());
    }

    @Test
    void exampleRuns(TestEngine real) {
        real.run("web", "echo hello from web; sleep 1000");
        Vertx vertx = EngineCalls.nativeVertx();
        DockerEngine engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Example.run(engine);
            await().untilAsserted(() -> assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("/web Up")
                    .contains("hello from web"));
        } finally {
            System.setOut(console);
        }
        await(engine.close());
        await(vertx.close());
    }
}
