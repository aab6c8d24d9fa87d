package io.dockrelay.protocol.logs;

/** Ends a tail; it is no error if there is none. */
public record CloseTail(String subscription) {}
