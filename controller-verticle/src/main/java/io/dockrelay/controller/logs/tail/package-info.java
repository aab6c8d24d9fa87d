/**
 * Follows one container's log per subscription. In: an {@code OpenTail} from the bus, the engine's log stream, changes
 * of the container list. Out: batches of lines and marks, sent to the subscriber one at a time.
 *
 * <p>From the outside to the inside: {@link io.dockrelay.controller.logs.tail.TailSupervisor} opens and closes tails.
 * {@link io.dockrelay.controller.logs.tail.LogTailer} is one of them, a verticle. Its {@link
 * io.dockrelay.controller.logs.tail.TailLifecycle} finds the container and its successors; a {@link
 * io.dockrelay.controller.logs.tail.ContainerFollower} follows one container over all its runs; a {@link
 * io.dockrelay.controller.logs.tail.FollowStream} is one attachment to its log, and ends with one {@link
 * io.dockrelay.controller.logs.tail.StreamEnd}. {@link io.dockrelay.controller.logs.tail.LinePipeline} lists the stages
 * from bytes to lines. All of them write to {@link io.dockrelay.controller.logs.tail.OutgoingBatches}, which knows the
 * reader's position and which the {@code BatchSender} empties.
 *
 * <p>When a gap is due: {@code ContainerFollower} when the reader jumps or the log has rotated, {@code FollowerState}
 * when the container is removed, replaced or unreadable; {@code TailStart} and {@code Continuation} when the store does
 * not have a position any more, or lines that the engine cannot read ({@code NewestPage}). Marks of runs (restarted, stopped, renamed): {@code FollowedContainer} and {@code
 * RestartMarker}. Which container follows another: {@code SuccessorFinder}. Limits: {@code TailLimits}.
 *
 * <p>Used by the controller's root verticle; knows {@code logs.entries}, {@code logs.store} and {@code logs.rotation}.
 */
package io.dockrelay.controller.logs.tail;
