/**
 * Container logs beside the engine. {@code entries} decodes the engine's bytes, {@code store} reads bounded pages,
 * {@code rotation} detects what the engine's follower leaves out or repeats, {@code tail} follows a log per subscription,
 * {@code download} reads a whole log. The arrows between them: tail and download use store and entries, tail uses rotation,
 * store uses entries.
 */
package io.dockrelay.controller.logs;
