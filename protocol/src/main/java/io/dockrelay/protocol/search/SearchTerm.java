package io.dockrelay.protocol.search;

/**
 * What a line has to contain, or must not.
 *
 * @param text a literal text, or a regular expression in RE2's syntax
 * @param negative whether the line must not contain it
 */
public record SearchTerm(String text, boolean regex, boolean negative) {}
