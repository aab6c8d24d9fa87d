/**
 * Timers by name: a timeout that is started and cancelled, a repeating timer, a retry with backoff, a token bucket, and
 * leases of what clients have opened. In: a duration or a rate. Out: one call on the caller's Vert.x context, or a decision.
 *
 * <p>Used by every module that waits. A timer belongs to the object that started it; that object cancels it when it ends.
 */
package io.dockrelay.protocol.timers;
