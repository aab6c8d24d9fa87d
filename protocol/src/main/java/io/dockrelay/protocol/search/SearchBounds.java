package io.dockrelay.protocol.search;

/**
 * Where a search begins and ends. All are exclusive, and null for no bound.
 *
 * @param since a nine-digit timestamp
 * @param until a nine-digit timestamp
 * @param before a position
 * @param after a position
 */
public record SearchBounds(String since, String until, SearchPosition before, SearchPosition after) {}
