/**
 * Reads of stored logs on behalf of many readers, so that one reader does not stop the others. In: a read as a supplier of
 * a future, and the container and reader it is for. Out: its result, shared by all that asked for the same.
 *
 * <p>{@link io.dockrelay.protocol.bus.reads.SharedReads} makes equal reads one. {@link
 * io.dockrelay.protocol.bus.reads.FairSlots} runs a few at a time and bounds the rest, which wait in a {@code FairQueue}:
 * the containers take turns, and among the reads of one container the readers.
 *
 * <p>Used by the controller for its pages, and by the relay for the backlogs of its subscribers and the pages of REST.
 */
package io.dockrelay.protocol.bus.reads;
