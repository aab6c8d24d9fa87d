/**
 * Stored logs as files. In: a request of {@code …/logs/download}. Out: the log as the response's body, pulled from a
 * controller part by part, as fast as the client reads.
 *
 * <p>The query: {@code DownloadRequest}. Its headers and its sending: {@code LogDownloads}, {@code
 * FileName} and {@code DownloadTransfer}, with {@code SentLines} for the last line. The controller encodes the lines. Used by the REST routes of the controller and the relay.
 */
package io.dockrelay.listener.download;
