package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dockrelay.e2e.harness.Jvm;
import io.dockrelay.e2e.harness.Program;

/**
 * The memory of relay and controller after two minutes and at the end. Each process is also measured two minutes after
 * its own start, because a killed process is replaced by a younger one. For one thread.
 */
final class MemoryReport {

    private static final Duration YOUNG = Duration.ofMinutes(2);

    private final long start = System.nanoTime();
    private final Map<String, String> rows = new LinkedHashMap<>();
    /** Nano time at which each process was first seen. */
    private final Map<Long, Long> born = new LinkedHashMap<>();

    private boolean twoMinutesPassed;

    /** Call it about once per second. */
    void sample(TestDeployment deployment) {
        if (!twoMinutesPassed && System.nanoTime() - start > YOUNG.toNanos()) {
            twoMinutesPassed = true;
            measure("after two minutes", deployment);
        }
        for (var program : List.of(deployment.relay(), deployment.controller())) {
            Long since = born.putIfAbsent(program.pid(), System.nanoTime());
            boolean due = since != null && System.nanoTime() - since > YOUNG.toNanos();
            if (due && !rows.containsKey(ownRow(program.pid()))) {
                measure(ownRow(program.pid()), program);
            }
        }
    }

    /** @param folder for the class histograms of the heaps */
    void atTheEnd(TestDeployment deployment, Path folder) {
        measure("at the end", deployment);
        try {
            for (Program program : List.of(deployment.relay(), deployment.controller())) {
                if (program.isAlive()) {
                    Files.writeString(
                            folder.resolve("heap-" + program.pid() + ".txt"), new Jvm(program.pid()).histogram());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + ": " + row.getValue())
                .toList();
    }

    private static String ownRow(long pid) {
        return "process " + pid + ", two minutes old";
    }

    private void measure(String when, TestDeployment deployment) {
        measure("relay " + when, deployment.relay());
        measure("controller " + when, deployment.controller());
    }

    /** A process that is being killed gets no row. */
    private void measure(String row, Program program) {
        Memory memory = program.isAlive() ? Memory.of(program) : null;
        if (memory != null && !memory.isNone()) {
            rows.put(row, memory.toString());
        }
    }
}
