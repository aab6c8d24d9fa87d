/**
 * Whole stored logs, read from the engine part by part as the client pulls them. In: {@code OpenDownload},
 * {@code PullDownload} and {@code CloseDownload} from the bus. Out: parts of lines; the last one says whether the log is
 * complete.
 *
 * <p>Used by the controller's root verticle; knows {@code logs.entries} and {@code logs.store}.
 */
package io.dockrelay.controller.logs.download;
