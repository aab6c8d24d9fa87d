package io.dockrelay.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A search through a whole stored log, at the relay, beside the speed at which the engine hands the same log out ({@code
 * curl} on its socket, output discarded). Each search counts all hits: a text, a text in any case, a regular expression with
 * and without a word that each match contains, and one level. They take turns with curl; the medians are compared. Further:
 * when the first hits, the newest, arrive.
 */
final class SearchBenchmark implements Benchmark {

    private static final String PART = "search";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final double SHARE = 0.5;

    /** What is searched for: the query without the text of each line, and its number of hits among N lines. */
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("text", "text=nothing+like+it");
        QUERIES.put("text in any case", "text=NOTHING+like+it&ignore_case=true");
        QUERIES.put("expression with a word", "regex=" + encoded("nothing .* it$"));
        QUERIES.put("expression without one", "regex=" + encoded("[x-z]{3}|\\d{9}"));
        QUERIES.put("level", "levels=error");
    }

    /** One search: its duration, and when its first hit came. */
    private record Searched(double seconds, double firstHit) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        int lines = stage.count(600_000, 20_000);
        try (FedContainer container = FedContainer.start(stage.engine(), "searched", LineKind.PLAIN)) {
            container.write(LineKind.PLAIN.lines(1, lines));
            container.end();
            stage.engine().awaitExit(container.name());
            try (StartedProgram program = stage.start(Topology.ONE_JVM, container.name())) {
                compare(stage, program, container, lines, report);
            }
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void compare(
            BenchContext stage, StartedProgram program, FedContainer container, int lines, Report report)
            throws Exception {
        List<Double> raw = new ArrayList<>();
        Map<String, List<Double>> ours = new LinkedHashMap<>();
        for (int round = stage.count(4, 1); round > 0; round--) {
            raw.add(curl(stage, container));
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                double seconds = search(program, query.getValue(), lines).seconds();
                // The first round compiles the code.
                if (round < stage.count(4, 2)) {
                    ours.computeIfAbsent(query.getKey(), first -> new ArrayList<>())
                            .add(seconds);
                }
            }
        }
        double reference = lines / median(raw);
        ours.forEach((what, seconds) -> {
            double speed = lines / median(seconds);
            report.add(Figure.of(PART, what + ", lines a second", speed, "/s").beside("curl", reference));
            report.add(Figure.of(PART, what + ", share of the engine's own speed", speed / reference, "")
                    .atLeast(SHARE));
        });
        double first = search(program, "text=segments", lines).firstHit() * 1e3;
        report.add(
                Figure.of(PART, "first hits of the newest lines", first, "ms").atMost(200));
    }

    private static double median(List<Double> numbers) {
        return Percentiles.median(numbers.stream().mapToDouble(Double::doubleValue));
    }

    /** Seconds that the engine takes to hand the log out. */
    private static double curl(BenchContext stage, FedContainer container) throws Exception {
        long start = System.nanoTime();
        int status = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--fail",
                        "--output",
                        "/dev/null",
                        "--unix-socket",
                        stage.engine().socket().toString(),
                        "http://engine/containers/" + container.id() + "/logs?stdout=1&stderr=1&timestamps=1")
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("curl ended with " + status);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static Searched search(StartedProgram program, String query, int lines)
            throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + program.port() + "/api/container/searched/logs/search?" + query;
        long start = System.nanoTime();
        HttpResponse<InputStream> response =
                CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofInputStream());
        double firstHit = Double.NaN;
        String last = "";
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (Double.isNaN(firstHit) && line.startsWith("{\"type\":\"hit\"")) {
                    firstHit = (System.nanoTime() - start) / 1e9;
                }
                last = line;
            }
        }
        JsonNode end = JSON.readTree(last);
        if (!end.path("complete").asBoolean() || end.path("lines").asInt() != lines) {
            throw new AssertionError("the search ended with " + last);
        }
        return new Searched((System.nanoTime() - start) / 1e9, firstHit);
    }

    private static String encoded(String regex) {
        return URLEncoder.encode(regex, StandardCharsets.UTF_8);
    }
}
