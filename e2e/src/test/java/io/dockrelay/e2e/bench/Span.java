package io.dockrelay.e2e.bench;

/**
 * A stretch of time: what the program and the engine used of a core in it.
 *
 * @param ours shares of a core in per cent
 */
record Span(double seconds, double ours, double engine) {

    /** The beginning of one. */
    static final class Clock {

        private final ProcessUse program;
        private final ProcessUse engine;
        private final double programBefore;
        private final double engineBefore;
        private final long start = System.nanoTime();

        Clock(BenchContext stage, StartedProgram running) {
            program = running.use();
            engine = stage.engineUse();
            programBefore = program.cpuSeconds();
            engineBefore = engine.cpuSeconds();
        }

        Span stop() {
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Span(
                    seconds,
                    (program.cpuSeconds() - programBefore) / seconds * 100,
                    (engine.cpuSeconds() - engineBefore) / seconds * 100);
        }
    }

    /** At least what the kernel's account can tell from nothing: one of its ticks. */
    double together() {
        return Math.max(ours + engine, 100 * ProcessUse.TICK_SECONDS / seconds);
    }
}
