/**
 * Bounded reads of the engine's stored log, and what an inspection says about a container as far as its log is concerned.
 * In: a container, a {@link io.dockrelay.controller.logs.store.PageQuery}. Out: a page of lines with the positions of its
 * ends. Each read has a deadline and a limit of bytes.
 *
 * <p>Used by {@code logs.tail} and {@code logs.download}; knows {@code logs.entries}.
 */
package io.dockrelay.controller.logs.store;
