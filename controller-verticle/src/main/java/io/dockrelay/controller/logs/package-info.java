/**
 * Container logs beside the engine. {@code entries} decodes the engine's bytes, {@code store} reads bounded pages,
 * {@code rotation} detects what the engine's follower leaves out or repeats, {@code tail} follows a log per subscription,
 * {@code download} reads a whole log, {@code search} searches in one, {@code levels} finds the level of a line. The arrows
 * between them: tail, download and search use store and entries, tail uses rotation, search uses levels, store uses entries.
 */
package io.dockrelay.controller.logs;
