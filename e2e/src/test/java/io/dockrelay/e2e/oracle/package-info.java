/**
 * The oracle: a randomized fault test. Containers write numbered lines, faults are injected from a seed, browsers
 * report what they received, and a judge compares each report with what the engine stored. It uses the wire protocol
 * and the engine's files, and none of the program's classes.
 *
 * <p>In: a seed and a length. Out: a verdict with counts and violations. Started by {@code e2e/soak} and one test.
 */
package io.dockrelay.e2e.oracle;
