package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./bench} works. Its figures are meaningless here: short measurements, on a machine that also runs tests. */
@Tag("engine")
class BenchTest {

    private static final Path FIGURES = Checkout.root().resolve(".run/bench-quick.json");

    @Test
    void quickBenchReportsFiguresAndReferencesOfEveryPart() throws IOException {
        Files.deleteIfExists(FIGURES);
        try (Program bench = Program.run("./bench", Map.of(), List.of("./bench", "--quick"))) {
            int exitCode = bench.awaitExit(Duration.ofMinutes(15));
            assertThat(exitCode).as(bench.wholeOutput()).isZero();
        }

        JsonNode report = new ObjectMapper().readTree(FIGURES.toFile());
        List<JsonNode> figures =
                StreamSupport.stream(report.get("figures").spliterator(), false).toList();
        assertThat(figures)
                .allSatisfy(figure -> assertThat(figure.get("value").isNumber())
                        .as(figure.toString())
                        .isTrue());
        assertThat(parts(figures))
                .containsExactlyInAnyOrder(
                        "drain", "latency", "state", "fanout", "idle", "history", "start", "growth", "hostile", "hosts",
                        "search");
        assertThat(parts(figures.stream()
                        .filter(figure -> figure.get("reference").isNumber())
                        .toList()))
                .isEqualTo(parts(figures));
        assertThat(report.get("settings").get("engine").asText()).isNotBlank();
    }

    private static Set<String> parts(List<JsonNode> figures) {
        return figures.stream().map(figure -> figure.get("part").asText()).collect(Collectors.toSet());
    }
}
