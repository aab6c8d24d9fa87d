package io.dockrelay.protocol.details;

/**
 * An environment variable or a label.
 *
 * @param value null when it is masked
 * @param masked whether the value looked like a secret and stays with the controller
 */
public record NamedValue(String name, String value, boolean masked) {}
