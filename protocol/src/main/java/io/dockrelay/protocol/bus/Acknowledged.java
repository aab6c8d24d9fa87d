package io.dockrelay.protocol.bus;

/** The answer to a call that has no result. */
public record Acknowledged() {}
