package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.e2e.harness.Rest;

/**
 * Start: the time from the start of the process to the first {@code container_update} with containers at a browser that
 * connects as early as possible, in one JVM, compared with a start without the AOT cache. Also the resident memory
 * then, and after the load of an hour: the lines of a container that writes 100 per second, and page visits.
 */
final class StartBenchmark implements Benchmark {

    private static final String PART = "start";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HOUR_LINES = 360_000;
    private static final int HOUR_VISITS = 120;
    private static final int FAST = 10_000;

    private static final Pattern WITH_CONTAINERS =
            Pattern.compile("\"type\":\"container_update\".*\"containers\":\\[\\{");

    /** The variable that makes deploy/dockrelay start without the cache. */
    private static final String WITHOUT_CACHE = "off";

    private record Start(double millis, double cpuMillis, double residentMegabytes) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        stage.startOthers(stage.count(15, 2));
        try {
            start(stage, WITHOUT_CACHE);
            List<Start> starts = new ArrayList<>();
            List<Start> without = new ArrayList<>();
            for (int i = stage.count(7, 1); i > 0; i--) {
                starts.add(start(stage, ""));
                without.add(start(stage, WITHOUT_CACHE));
            }
            report.add(Figure.of(PART, "first container_update, median", median(starts), "ms")
                    .beside("without the cache", median(without))
                    .atMost(1_000));
            report.add(Figure.of(PART, "CPU until then", cpu(starts), "ms").beside("without the cache", cpu(without)));
            report.add(Figure.of(PART, "resident memory then", memory(starts), "MB")
                    .beside("without the cache", memory(without))
                    .atMost(100));
            afterAnHour(stage, report);
        } finally {
            stage.engine().removeContainers();
        }
    }

    @CanIgnoreReturnValue
    private static Start start(BenchContext stage, String cache) throws IOException {
        long began = System.nanoTime();
        try (StartedProgram program = StartedProgram.launch(stage.environment(), Topology.ONE_JVM, cache)) {
            program.awaitListening();
            try (TextReader browser = TextReader.ofBrowser(program.port(), WITH_CONTAINERS)) {
                browser.await(PATIENCE);
                double millis = (System.nanoTime() - began) / 1e6;
                return new Start(
                        millis,
                        program.use().cpuSeconds() * 1_000,
                        program.use().residentMegabytes());
            }
        }
    }

    private static void afterAnHour(BenchContext stage, Report report) throws IOException {
        int lines = stage.count(HOUR_LINES, FAST);
        int visits = stage.count(HOUR_VISITS, 3);
        try (FedContainer container = FedContainer.start(stage.engine(), "talker", LineKind.PLAIN);
                StartedProgram program = stage.start(Topology.ONE_JVM, container.name());
                LineReader reader = LineReader.ofRelay(program.port(), container.name())) {
            new EngineStreams(stage.engine(), container.id()).await(1);
            double before = program.use().residentMegabytes();
            for (int visit = 0; visit < visits; visit++) {
                container.pace(FAST, Duration.ofNanos(1_000_000_000L * lines / FAST / visits));
                visit(program, container.name());
            }
            reader.await(container.written(), PATIENCE);
            report.add(Figure.of(
                            PART,
                            "resident memory after an hour's load",
                            program.use().residentMegabytes(),
                            "MB")
                    .beside("before it", before)
                    .atMost(130));
        }
    }

    /** Opens the page, reads a log, and disconnects. */
    private static void visit(StartedProgram program, String container) throws IOException {
        var relay = new Rest("http://127.0.0.1:" + program.port());
        if (relay.get("/").status() != 200 || relay.get("/api/data").status() != 200) {
            throw new AssertionError("the relay has no page for a visitor");
        }
        try (TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile("container_update"))) {
            browser.await(PATIENCE);
            browser.expect(Pattern.compile("\"log_snapshot\""));
            browser.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":500}");
            browser.await(PATIENCE);
        }
    }

    private static double median(List<Start> starts) {
        return Percentiles.median(starts.stream().mapToDouble(Start::millis));
    }

    private static double cpu(List<Start> starts) {
        return Percentiles.median(starts.stream().mapToDouble(Start::cpuMillis));
    }

    private static double memory(List<Start> starts) {
        return Percentiles.median(starts.stream().mapToDouble(Start::residentMegabytes));
    }
}
