/**
 * Log lines and the messages that carry them: cursors, blocks of escaped lines, slices with their positions, batches
 * and pages, and the requests for tails, pages and downloads. In: raw lines, escaped once. Out: records that pass the
 * bus and become frames without touching the lines again. Pure: no I/O, no clock.
 *
 * <p>{@link io.dockrelay.protocol.logs.LogSlice} is the unit that all of them hold. {@code FrameLimits} bounds a
 * batch, {@code Cursor} defines a position's text, {@code TailMark} and {@code GapReason} what happens between lines.
 * Used by every module.
 */
package io.dockrelay.protocol.logs;
