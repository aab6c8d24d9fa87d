package io.dockrelay.protocol.logs;

/**
 * A position inside a page where it may be cut into frames.
 *
 * @param lines number of the page's lines before it
 * @param cursor encoded cursor of the last of these
 * @param next encoded cursor of the line after them
 */
public record Waypoint(int lines, String cursor, String next) {}
