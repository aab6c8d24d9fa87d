package io.dockrelay.e2e.bench;

/** One part of the bench. Blocking; leaves the engine as it found it. */
interface Benchmark {

    void run(BenchContext stage, Report report) throws Exception;
}
