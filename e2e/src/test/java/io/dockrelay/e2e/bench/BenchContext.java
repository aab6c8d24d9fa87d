package io.dockrelay.e2e.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.dockrelay.docker.testing.TestEngine;

/**
 * What every benchmark works with.
 *
 * @param quick whether it is only to be seen that everything works
 * @param javaOptions more options for the program's JVMs, one text
 * @param threads whether the program's threads are watched
 */
record BenchContext(TestEngine engine, boolean quick, String javaOptions, Optional<ThreadTimes> threads) {

    BenchContext(TestEngine engine, boolean quick, String javaOptions) {
        this(engine, quick, javaOptions, Optional.empty());
    }

    /** The same with more options for the program's JVMs, and its threads watched from its start to its end. */
    BenchContext watched(ThreadTimes threads, String moreOptions) {
        return new BenchContext(engine, quick, (javaOptions + " " + moreOptions).strip(), Optional.of(threads));
    }

    StartedProgram start(Topology topology, String container) {
        StartedProgram running = StartedProgram.start(engine, topology, javaOptions, container);
        threads.ifPresent(running::watch);
        return running;
    }

    /** How long to look: that long, or a moment. */
    Duration seconds(int seconds) {
        return quick ? Duration.ofMillis(1_200) : Duration.ofSeconds(seconds);
    }

    /** How often, or how many. */
    int count(int full, int quickly) {
        return quick ? quickly : full;
    }

    List<Topology> topologies() {
        return List.of(Topology.values());
    }

    ProcessUse engineUse() {
        return ProcessUse.of(engine.pid());
    }

    /** Who says a word in a second, each in a container of its own: {@code other-1} and so on. */
    void startOthers(int count) {
        for (int i = 1; i <= count; i++) {
            engine.run("other-" + i, "while :; do echo \"still here\"; sleep 1; done");
        }
    }

    /** Lets time pass, which is what is measured. */
    static void pass(Duration duration) {
        long due = System.nanoTime() + duration.toNanos();
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
    }
}
