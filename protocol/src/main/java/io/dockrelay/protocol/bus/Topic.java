package io.dockrelay.protocol.bus;

/** An address where messages of one type are published to all subscribers. */
public record Topic<T>(String address, Class<T> type) {}
