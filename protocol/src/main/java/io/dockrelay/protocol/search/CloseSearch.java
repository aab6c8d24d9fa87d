package io.dockrelay.protocol.search;

/** Ends a search early; it is no error if the search has ended already. */
public record CloseSearch(String search) {}
