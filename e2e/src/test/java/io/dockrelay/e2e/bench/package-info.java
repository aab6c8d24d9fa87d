/**
 * What the program costs and how fast it is, on a real engine, each figure beside its reference in the same run. Started
 * by {@code ./bench}; clients are as light as can be and share no code with the program.
 */
package io.dockrelay.e2e.bench;
