package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dockrelay.e2e.harness.Shell;

/**
 * What the load history costs while nothing happens and no page is open: the CPU of program and engine (with containerd and
 * its shims, which do a part of each measurement) with 15 and 100 idle containers, with the history at its default step and
 * switched off; and the heap that it occupies per container. A container that ran for a day occupies 95 KB, whatever
 * happens later.
 */
final class HistoryBenchmark implements Benchmark {

    private static final String PART = "history";
    private static final Map<String, String> ON = Map.of();
    private static final Map<String, String> OFF = Map.of("CONTROLLER_LOAD_HISTORY", "off");

    /** The Java type of the memory of a history. */
    private static final String FLOATS = "[F";

    /**
     * One measurement.
     *
     * @param ours share of a core in per cent
     * @param floats bytes of the live heap
     */
    private record Cost(double ours, double engine, long floats) {}

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        int running = 0;
        try {
            for (int size : stage.quick() ? List.of(1, 3) : List.of(15, 100)) {
                while (running < size) {
                    running++;
                    stage.engine().run("idle-" + running, "exec sleep 100000");
                }
                Cost off = measured(stage, size, OFF);
                Cost on = measured(stage, size, ON);
                report(size, on, off, report);
            }
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void report(int size, Cost on, Cost off, Report report) {
        String name = size + " containers, ";
        report.add(Figure.of(PART, name + "our CPU", on.ours(), "% of a core").beside("off", off.ours()));
        report.add(Figure.of(PART, name + "the engine's CPU", on.engine(), "% of a core")
                .beside("off", off.engine()));
        report.add(Figure.of(
                PART, name + "heap per container, at first", (on.floats() - off.floats()) / 1024.0 / size, "KB"));
    }

    private static Cost measured(BenchContext stage, int size, Map<String, String> settings) throws IOException {
        try (StartedProgram program = stage.start(Topology.ONE_JVM, "idle-" + size, settings)) {
            BenchContext.pass(stage.seconds(30));
            ProcessUse engine = new ProcessUse(processesOf(stage.engine().folder()));
            double ourSeconds = program.use().cpuSeconds();
            double engineSeconds = engine.cpuSeconds();
            long began = System.nanoTime();
            BenchContext.pass(stage.seconds(60));
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Cost(
                    (program.use().cpuSeconds() - ourSeconds) / seconds * 100,
                    (engine.cpuSeconds() - engineSeconds) / seconds * 100,
                    floats(program.pids().getFirst()));
        }
    }

    /** dockerd, containerd and the shims: all have the engine's folder in their command lines. */
    private static List<Long> processesOf(Path folder) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> commandLine(process).contains(folder.toString()))
                    .map(process -> Long.parseLong(process.getFileName().toString()))
                    .toList();
        }
    }

    /** Empty when the process has ended. */
    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return "";
        }
    }

    /** Of the live heap. */
    private static long floats(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return new Shell(Map.of())
                .run(jcmd + " " + pid + " GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length >= 4 && columns[3].equals(FLOATS))
                .mapToLong(columns -> Long.parseLong(columns[2]))
                .findFirst()
                .orElse(0);
    }
}
