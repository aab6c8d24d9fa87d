package io.dockrelay.client;

/**
 * One line of a log.
 *
 * @param timestamp the engine's, RFC 3339 in UTC with nine fractional digits
 * @param isError whether the container wrote it to its standard error; false of a container with a terminal
 * @param text without its newline; bytes that are no UTF-8 are replaced
 */
public record LogLine(String timestamp, boolean isError, String text) {}
