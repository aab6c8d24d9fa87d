package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.docker.testing.TestEngine;

/**
 * Throughput: a container writes a fixed number of lines as fast as the engine accepts them, to one reader that is
 * connected from the beginning. The raw reader is {@code curl} on the engine's socket, output discarded; the other is a
 * WebSocket client of the relay that counts lines. The time is from the first line written to the last one read (for
 * curl: to its end, which is the container's). The readers take turns, each with a new container; the medians are
 * compared.
 */
final class DrainBenchmark implements Benchmark {

    private static final String PART = "drain";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One flood: lines per second, and CPU microseconds per line. */
    private record Round(double linesASecond, double engineMicros, double ourMicros) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        int lines = stage.count(400_000, 20_000);
        var floods = new Floods(stage, lines);
        for (Topology topology : stage.topologies()) {
            compare(floods, topology, report);
        }
    }

    private static void compare(Floods floods, Topology topology, Report report) throws Exception {
        List<Round> raw = new ArrayList<>();
        List<Round> ours = new ArrayList<>();
        try (FedContainer first = FedContainer.start(floods.engine(), "flood", LineKind.PLAIN);
                StartedProgram program = floods.stage().start(topology, first.name())) {
            for (int warming = floods.stage().count(2, 1); warming > 0; warming--) {
                floods.toRelay(program, report);
            }
            for (int pair = floods.stage().count(5, 1); pair > 0; pair--) {
                raw.add(floods.toCurl());
                ours.add(floods.toRelay(program, report));
            }
        }
        double rawSpeed = Percentiles.median(raw.stream().mapToDouble(Round::linesASecond));
        double ourSpeed = Percentiles.median(ours.stream().mapToDouble(Round::linesASecond));
        double engine = Percentiles.median(ours.stream().mapToDouble(Round::engineMicros));
        double micros = Percentiles.median(ours.stream().mapToDouble(Round::ourMicros));
        double engineAlone = Percentiles.median(raw.stream().mapToDouble(Round::engineMicros));
        report.add(
                Figure.of(PART, topology + ", lines a second", ourSpeed, "/s").beside("curl", rawSpeed));
        report.add(Figure.of(PART, topology + ", share of the raw reader's speed", ourSpeed / rawSpeed, "")
                .atLeast(topology == Topology.ONE_JVM ? 0.95 : 0.9));
        report.add(Figure.of(PART, topology + ", CPU a line", micros, "µs")
                .beside("dockerd", engine)
                .atMost(3));
        report.add(Figure.of(PART, topology + ", our CPU ÷ dockerd's", micros / engine, "")
                .atMost(0.25));
        report.add(Figure.of(PART, topology + ", dockerd's CPU a line", engine, "µs")
                .beside("with curl", engineAlone));
    }

    /** Floods of the same lines, generated once; the first line of each shows that the reader is connected. */
    private static final class Floods {

        private final BenchContext stage;
        private final int lines;
        private final byte[] flood;

        Floods(BenchContext stage, int lines) {
            this.stage = stage;
            this.lines = lines;
            this.flood = LineKind.PLAIN.lines(2, lines);
        }

        BenchContext stage() {
            return stage;
        }

        TestEngine engine() {
            return stage.engine();
        }

        Round toCurl() throws Exception {
            try (FedContainer container = FedContainer.start(engine(), "raw-flood", LineKind.PLAIN)) {
                Process curl = new ProcessBuilder(
                                "curl",
                                "--silent",
                                "--fail",
                                "--output",
                                "/dev/null",
                                "--write-out",
                                "%{size_download}",
                                "--unix-socket",
                                engine().socket().toString(),
                                "http://engine/containers/" + container.id()
                                        + "/logs?follow=1&stdout=1&stderr=1&timestamps=1&tail=0")
                        .start();
                new EngineStreams(engine(), container.id()).await(1);
                container.write(1);
                var watch = new Watch(stage.engineUse(), ProcessUse.of());
                container.write(flood);
                container.end();
                int status = curl.waitFor();
                Round round = watch.stop(lines);
                long bytes = Long.parseLong(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                if (status != 0 || bytes / (lines + 1) < LineKind.BYTES) {
                    throw new AssertionError("curl ended with " + status + " after " + bytes + " bytes");
                }
                return round;
            }
        }

        @CanIgnoreReturnValue
        Round toRelay(StartedProgram program, Report report) throws IOException {
            try (FedContainer container = FedContainer.start(engine(), "relay-flood", LineKind.PLAIN)) {
                program.awaitListed(container.name());
                try (LineReader reader = LineReader.ofRelay(program.port(), container.name())) {
                    new EngineStreams(engine(), container.id()).await(1);
                    container.write(1);
                    reader.await(1, PATIENCE);
                    Recording recording = reader.begin();
                    var watch = new Watch(stage.engineUse(), program.use());
                    container.write(flood);
                    reader.await(lines + 1, PATIENCE);
                    Round round = watch.stop(recording.count());
                    if (recording.count() < lines) {
                        report.note(recording.count() + " of " + lines + " lines came, the rest as gaps");
                    }
                    return round;
                }
            }
        }
    }

    /** The start time and CPU use of one flood. */
    private static final class Watch {

        private final ProcessUse engine;
        private final ProcessUse ours;
        private final double engineBefore;
        private final double oursBefore;
        private final long start = System.nanoTime();

        Watch(ProcessUse engine, ProcessUse ours) {
            this.engine = engine;
            this.ours = ours;
            this.engineBefore = engine.cpuSeconds();
            this.oursBefore = ours.cpuSeconds();
        }

        Round stop(int lines) {
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Round(
                    lines / seconds,
                    (engine.cpuSeconds() - engineBefore) * 1e6 / lines,
                    (ours.cpuSeconds() - oursBefore) * 1e6 / lines);
        }
    }
}
