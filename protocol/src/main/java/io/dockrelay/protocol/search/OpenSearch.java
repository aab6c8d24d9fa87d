package io.dockrelay.protocol.search;

/**
 * Asks a controller to search stored logs; what it finds is then pulled part by part.
 *
 * @param search unique among all searches of the bus, made by the caller
 */
public record OpenSearch(String search, SearchScope scope, SearchQuery query) {}
