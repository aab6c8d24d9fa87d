/**
 * The search in stored logs. In: an {@code OpenSearch}, then pulls. Out: hits in the order of the search, progress, and an
 * end. docs/decisions/log-search.md says why it reads as it does.
 *
 * <p>{@code SearchVerticle} answers on the bus and owns the {@code RunningSearch}es, each of one or several {@code
 * SearchedLog}s. A log is searched in zones, from the newest to the oldest; its {@code ReadPlan} decides what is read next,
 * {@code SearchRead} reads it and lets a worker search it in slices, by {@code SliceSearch}; {@code ZoneScan} takes the hits of the zone out of the
 * lines, within {@code ZoneBounds}; {@code ZoneHits} counts them, and holds some in a {@code HitBuffer}. {@code OpenLogs} are
 * the logs of a search that are not searched to their end, with the {@code LogReading}s in progress.
 *
 * <p>Whether a line is a hit: {@code CompiledFilter} makes a {@code LineMatcher} per read; it compares the {@code PlainText}
 * of a line with {@code TextTerm}s, as bytes where that is possible. A {@code
 * Cancellation} ends that within a line.
 *
 * <p>Uses {@code logs.store}, {@code logs.entries} and {@code logs.levels}.
 */
package io.dockrelay.controller.logs.search;
