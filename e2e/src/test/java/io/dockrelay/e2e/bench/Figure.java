package io.dockrelay.e2e.bench;

/**
 * One measured number, and the number it is compared with.
 *
 * @param part of the bench
 * @param what is measured, and under which conditions
 * @param reference of the same run, null when there is none
 * @param against name of the reference, null when there is none
 * @param goal null when there is none
 */
record Figure(String part, String what, double ours, String unit, Double reference, String against, Goal goal) {

    /**
     * The goal.
     *
     * @param most true for an upper bound, false for a lower bound
     */
    record Goal(boolean most, double bound) {

        boolean reached(double number) {
            return most ? number <= bound : number >= bound;
        }

        String words() {
            return (most ? "≤ " : "≥ ") + Numbers.text(bound);
        }
    }

    static Figure of(String part, String what, double ours, String unit) {
        return new Figure(part, what, ours, unit, null, null, null);
    }

    Figure beside(String name, double value) {
        return new Figure(part, what, ours, unit, value, name, goal);
    }

    Figure atMost(double bound) {
        return new Figure(part, what, ours, unit, reference, against, new Goal(true, bound));
    }

    Figure atLeast(double bound) {
        return new Figure(part, what, ours, unit, reference, against, new Goal(false, bound));
    }

    boolean missed() {
        return goal != null && !goal.reached(ours);
    }
}
