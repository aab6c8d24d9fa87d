/**
 * The record of what was done: one JSON line per entry in files of limited size, each line chained to the one before by its
 * hash, and an anchor that names the last line. In: entries, a folder, a key if there is one. Out: lines on disk that survive a
 * crash, pages and exports of them, and a verdict that names the first line that was changed.
 *
 * <p>{@code RecordJournal} appends and rotates; {@code RecordStart} decides where it goes on after a crash; {@code RecordAnchor}
 * is the file that shows a removed end; {@code RecordCheck} verifies; {@code RecordReader} and {@code RecordExport} read.
 * {@code LineSeal} hashes, {@code LineFormat} is the JSON of a line. All of it blocks, and none of it knows Vert.x.
 *
 * <p>Used by the relay, which wires it to its actions, and by the program's command {@code audit verify}.
 */
package io.dockrelay.record;
