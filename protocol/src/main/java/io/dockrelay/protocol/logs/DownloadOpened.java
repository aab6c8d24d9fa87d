package io.dockrelay.protocol.logs;

/** A download is open and waits to be pulled. {@code container} is the container's name. */
public record DownloadOpened(String container) {}
