/**
 * Follows one container's log per subscription. In: an {@code OpenTail} from the bus, the engine's log stream, changes of
 * the container list. Out: batches of lines and marks, sent to the subscriber one at a time. {@link
 * io.dockrelay.controller.logs.tail.TailSupervisor} opens and closes tails, {@link
 * io.dockrelay.controller.logs.tail.LogTailer} is one of them, {@link io.dockrelay.controller.logs.tail.TailLifecycle}
 * decides what happens when a stream ends.
 *
 * <p>Used by the controller's root verticle; knows {@code logs.entries}, {@code logs.store} and {@code logs.rotation}.
 */
package io.dockrelay.controller.logs.tail;
