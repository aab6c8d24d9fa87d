package io.dockrelay.e2e.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.dockrelay.docker.testing.TestEngine;

/**
 * The parameters of a benchmark.
 *
 * @param quick whether to measure only briefly, to test that everything works
 * @param javaOptions further options for the program's JVMs, as one text
 * @param threads whether the program's threads are measured
 */
record BenchContext(TestEngine engine, boolean quick, String javaOptions, Optional<ThreadTimes> threads) {

    BenchContext(TestEngine engine, boolean quick, String javaOptions) {
        this(engine, quick, javaOptions, Optional.empty());
    }

    /** The same with further options for the program's JVMs, and its threads measured from start to end. */
    BenchContext watched(ThreadTimes threads, String moreOptions) {
        return new BenchContext(engine, quick, (javaOptions + " " + moreOptions).strip(), Optional.of(threads));
    }

    StartedProgram start(Topology topology, String container) {
        return start(topology, container, Map.of());
    }

    /** @param settings environment variables of this start alone */
    StartedProgram start(Topology topology, String container, Map<String, String> settings) {
        Map<String, String> environment = environment();
        environment.putAll(settings);
        StartedProgram running = StartedProgram.start(environment, topology, container);
        threads.ifPresent(running::watch);
        return running;
    }

    /** The environment of the program's processes. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.put("JAVA_OPTS", javaOptions);
        return environment;
    }

    /** How long to measure: this long, or briefly. */
    Duration seconds(int seconds) {
        return quick ? Duration.ofMillis(1_200) : Duration.ofSeconds(seconds);
    }

    /** A number of repetitions or lines, or a small one. */
    int count(int full, int quickly) {
        return quick ? quickly : full;
    }

    List<Topology> topologies() {
        return List.of(Topology.values());
    }

    ProcessUse engineUse() {
        return ProcessUse.of(engine.pid());
    }

    /** Starts containers that write one line per second: {@code other-1} and so on. */
    void startOthers(int count) {
        for (int i = 1; i <= count; i++) {
            engine.run("other-" + i, "while :; do echo \"still here\"; sleep 1; done");
        }
    }

    /** Waits for a period that is being measured. */
    static void pass(Duration duration) {
        long due = System.nanoTime() + duration.toNanos();
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
    }
}
