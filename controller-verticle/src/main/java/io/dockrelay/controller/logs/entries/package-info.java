/**
 * From the engine's bytes to lines. In: buffers of a log response, cut anywhere. Out: entries with their position (timestamp,
 * stream, ordinal among equal ones), then whole lines, joined from chunks of 16 KiB. Pure classes without Vert.x or a clock;
 * one object per read, reused per entry, valid only during the call.
 *
 * <p>Used by the other packages of {@code logs} only.
 */
package io.dockrelay.controller.logs.entries;
