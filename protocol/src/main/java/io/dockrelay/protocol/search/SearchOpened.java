package io.dockrelay.protocol.search;

/** A search has begun, in this number of logs. */
public record SearchOpened(int logs) {}
