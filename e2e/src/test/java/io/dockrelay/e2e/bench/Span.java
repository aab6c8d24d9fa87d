package io.dockrelay.e2e.bench;

/**
 * A period, and the CPU that the program and the engine used in it.
 *
 * @param ours shares of a core in per cent
 */
record Span(double seconds, double ours, double engine) {

    /** The state at the beginning of a period. */
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

    /** At least one of the kernel's ticks, the smallest measurable amount. */
    double together() {
        return Math.max(ours + engine, 100 * ProcessUse.TICK_SECONDS / seconds);
    }
}
