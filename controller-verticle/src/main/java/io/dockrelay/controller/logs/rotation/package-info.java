/**
 * Protects a tail from the faults of the engine's log follower when a log rotates: repeated entries, skipped files, and
 * standing still at the end of a file. In: the entries of one stream. Out: the entries that certainly follow each other, or
 * a doubt that only the store can resolve.
 *
 * <p>Used by {@code logs.tail} only; knows {@code logs.entries} and the rotation settings of {@code logs.store}.
 */
package io.dockrelay.controller.logs.rotation;
