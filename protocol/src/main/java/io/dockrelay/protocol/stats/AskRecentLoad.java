package io.dockrelay.protocol.stats;

/** Asks for the last hour of all containers, in one answer. */
public record AskRecentLoad() {}
