/**
 * The search in stored logs: what is asked, what is found, and how hits of several logs become one sequence. In: the query
 * of {@code GET …/logs/search}. Out: hits, progress and an end, on the bus as {@code SearchPart}s, over REST as JSON lines.
 *
 * <p>{@code SearchParameters} reads and writes the query, {@code SearchLines} the answer. {@code HitMerge} merges the hits of
 * containers in a controller, and those of controllers in a relay. Pure; used by both.
 */
package io.dockrelay.protocol.search;
