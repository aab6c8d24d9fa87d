/**
 * Stored logs as files. In: a request of {@code …/logs/download}. Out: the log as the response's body, pulled from a
 * controller part by part, as fast as the client reads.
 *
 * <p>The query: {@code DownloadRequest}. The text of the file: {@code DownloadFormat}. Its headers and its sending:
 * {@code LogDownloads} and {@code DownloadTransfer}. Used by the REST routes of the controller and the relay.
 */
package io.dockrelay.listener.download;
