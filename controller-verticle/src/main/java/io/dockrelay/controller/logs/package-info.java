/**
 * Logs beside the engine: {@link io.dockrelay.controller.logs.TailSupervisor} answers for one controller, one tailer
 * follows for each subscription, one reader cuts pages out of the engine's store. What they decide is in plain classes
 * that know neither Vert.x nor a clock: entries, lines, positions, windows, batches.
 */
package io.dockrelay.controller.logs;
