package io.dockrelay.protocol.logs;

/** Ends a download before its end; one that is over is no error. */
public record CloseDownload(String download) {}
