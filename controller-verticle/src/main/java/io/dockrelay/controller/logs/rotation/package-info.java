/**
 * Protects a tail from the faults of the engine's log follower when a log rotates: repeated entries, skipped files, and
 * standing still at the end of a file. In: the entries of each stream of one container, in order. Out: the entries that
 * certainly follow each other, or a doubt that only the store can resolve. {@link
 * io.dockrelay.controller.logs.rotation.RotationGuard} is the entry; {@link
 * io.dockrelay.controller.logs.rotation.RotationFaults} turns a detector off where an engine does not have its fault.
 *
 * <p>Pure classes without Vert.x or a clock. Used by {@code logs.tail} only; knows {@code logs.entries}, and of the engine only its version.
 */
package io.dockrelay.controller.logs.rotation;
