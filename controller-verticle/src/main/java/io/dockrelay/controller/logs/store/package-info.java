/**
 * Bounded reads of the engine's stored log, and what an inspection says about a container as far as its log is
 * concerned. In: a container, a {@link io.dockrelay.controller.logs.store.PageQuery}. Out: a page of lines with the
 * positions of its ends.
 *
 * <p>{@code PageReader} answers a request for a page; {@code PageCollector} takes the page out of the entries that
 * are read. {@code PageScan} makes the reads for one page and decides when they are enough; {@code ReadRanges} decides how
 * far back each one goes, {@code TailSearch} where a page deep in a large store is. {@code RangeRead} is one of them and its
 * repetitions, {@code StoreRead} holds its deadline and its limit of bytes, {@code StoreStream} is one request of it.
 * {@code DamageCheck} notices that a read lacks entries, {@code DamageSearch} reads the lines beside the damage, in
 * {@code ReadableParts} of the log. {@code LostEntries} continues a read whose last entries the engine has lost there, from
 * a {@code LostPlace} that an {@code EntrySearch} finds. {@code LogRotation} reads the container's rotation options.
 *
 * <p>Used by {@code logs.tail}, {@code logs.download} and {@code logs.search}; knows {@code logs.entries}.
 */
package io.dockrelay.controller.logs.store;
