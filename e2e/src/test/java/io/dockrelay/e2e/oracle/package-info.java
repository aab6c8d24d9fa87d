/**
 * The oracle: containers that write numbered lines are the obligation, what the engine stored of them is what is owed,
 * browsers report what they saw, and a judge compares. It knows the wire and the engine's files, and none of the
 * program's classes.
 */
package io.dockrelay.e2e.oracle;
