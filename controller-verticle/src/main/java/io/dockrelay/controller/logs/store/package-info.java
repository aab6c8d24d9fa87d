/**
 * Bounded reads of the engine's stored log, and what an inspection says about a container as far as its log is
 * concerned. In: a container, a {@link io.dockrelay.controller.logs.store.PageQuery}. Out: a page of lines with the
 * positions of its ends.
 *
 * <p>{@code PageReader} answers a request for a page; {@code PageCollector} takes the page out of the entries that
 * are read. {@code ReadRanges} decides how far back to read, {@code StoreReader} when to read again, {@code
 * StoreRead} holds the deadline, the limit of bytes and the repetitions of one read. {@code LogRotation} reads the
 * container's rotation options.
 *
 * <p>Used by {@code logs.tail} and {@code logs.download}; knows {@code logs.entries}.
 */
package io.dockrelay.controller.logs.store;
