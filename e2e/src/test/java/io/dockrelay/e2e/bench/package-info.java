/**
 * The benchmark: speed and cost of the program on a real engine, each figure with a reference from the same run. In:
 * the parts to run. Out: a table and a report file. Started by {@code ./bench}; the clients are light and share no code
 * with the program.
 */
package io.dockrelay.e2e.bench;
