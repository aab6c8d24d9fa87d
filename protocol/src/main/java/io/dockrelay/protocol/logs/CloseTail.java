package io.dockrelay.protocol.logs;

/** Ends a tail; one that is not there is no error. */
public record CloseTail(String subscription) {}
