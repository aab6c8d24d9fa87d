package io.dockrelay.protocol.logs;

/** A download has begun, and is to be pulled. {@code container} is the container's name. */
public record DownloadOpened(String container) {}
