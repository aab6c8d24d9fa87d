package io.dockrelay.protocol.logs;

/** Ends a download early; it is no error if the download has ended already. */
public record CloseDownload(String download) {}
