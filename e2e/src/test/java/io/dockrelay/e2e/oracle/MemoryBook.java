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
 * What relay and controller took after two minutes, and at the end. Those that were killed since have left their row
 * to the process that runs in their place: each is also measured two minutes after its own start. For one thread.
 */
final class MemoryBook {

    private static final Duration YOUNG = Duration.ofMinutes(2);

    private final long start = System.nanoTime();
    private final Map<String, String> rows = new LinkedHashMap<>();
    /** When each process was first seen. Nano time. */
    private final Map<Long, Long> born = new LinkedHashMap<>();

    private boolean twoMinutesPassed;

    /** Call it each second or so. */
    void look(TestDeployment town) {
        if (!twoMinutesPassed && System.nanoTime() - start > YOUNG.toNanos()) {
            twoMinutesPassed = true;
            measure("after two minutes", town);
        }
        for (var program : List.of(town.relay(), town.controller())) {
            Long since = born.putIfAbsent(program.pid(), System.nanoTime());
            boolean due = since != null && System.nanoTime() - since > YOUNG.toNanos();
            if (due && !rows.containsKey(ownRow(program.pid()))) {
                measure(ownRow(program.pid()), program);
            }
        }
    }

    /** @param folder for what fills the heaps, class by class */
    void atTheEnd(TestDeployment town, Path folder) {
        measure("at the end", town);
        try {
            for (Program program : List.of(town.relay(), town.controller())) {
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

    private void measure(String when, TestDeployment town) {
        measure("relay " + when, town.relay());
        measure("controller " + when, town.controller());
    }

    /** One that is being killed just now has no row. */
    private void measure(String row, Program program) {
        Memory memory = program.isAlive() ? Memory.of(program) : null;
        if (memory != null && !memory.isNone()) {
            rows.put(row, memory.toString());
        }
    }
}
