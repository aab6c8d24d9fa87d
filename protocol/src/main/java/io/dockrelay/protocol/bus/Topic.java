package io.dockrelay.protocol.bus;

/** An address where messages of one type are published to everyone who listens. */
public record Topic<T>(String address, Class<T> type) {}
