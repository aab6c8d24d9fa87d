/**
 * The sending end of a download over the event bus: the bytes of a file travel in parts, each pulled by the receiver. In:
 * pulls. Out: {@code DownloadPart}s; the last one says whether the file is complete.
 *
 * <p>{@link io.dockrelay.protocol.bus.download.DownloadPulls} answers the pulls of one download from any {@link
 * io.dockrelay.protocol.bus.download.DownloadSource}.
 *
 * <p>Used by the controller's downloads and by a relay's uplink, which passes on a remote controller's file.
 */
package io.dockrelay.protocol.bus.download;
