/**
 * Whole stored logs, read from the engine part by part as the client pulls them. In: {@code OpenDownload},
 * {@code PullDownload} and {@code CloseDownload} from the bus. Out: parts of the file; the last one says whether the log is
 * complete.
 *
 * <p>{@code LineWriter} puts the chunks of long lines together, {@code FileFormat} encodes them, {@code LogDownload} reads
 * as much as is pulled.
 *
 * <p>Used by the controller's root verticle; knows {@code logs.entries} and {@code logs.store}.
 */
package io.dockrelay.controller.logs.download;
