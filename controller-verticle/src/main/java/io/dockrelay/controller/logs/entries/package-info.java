/**
 * From the engine's bytes to lines. In: buffers of a log response, cut anywhere. Out: entries with their position
 * (timestamp, stream, ordinal among equal ones), then whole lines. Pure classes without Vert.x or a clock; one object
 * per read, reused per entry, valid only during the call.
 *
 * <p>{@code MultiplexedDecoder} and {@code TtyDecoder} cut the bytes into entries, {@code EntryReader} reads an
 * entry, {@code DockerTimestamp} its time; {@code LineJoiner} joins chunks of 16 KiB to a line and cuts lines that
 * are too long.
 *
 * <p>Used by the other packages of {@code logs} only.
 */
package io.dockrelay.controller.logs.entries;
