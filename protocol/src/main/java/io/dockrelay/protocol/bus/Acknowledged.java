package io.dockrelay.protocol.bus;

/** It is done, and there is nothing to say about it. */
public record Acknowledged() {}
